-- How many results of each programme and edition year, and how sure is rapor of them? Run in the folder of the release.
SELECT programme, edition_year, count(*) AS results, round(avg(confidence), 2) AS confidence
FROM 'parquet/evaluations.parquet'
WHERE programme IS NOT NULL
GROUP BY ALL
ORDER BY programme, edition_year NULLS LAST;
