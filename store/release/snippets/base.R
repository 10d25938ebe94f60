# How many results of each programme and edition year, and how sure is rapor of them? Run in the folder of the release.
evaluations <- read.csv("csv/evaluations.csv", colClasses = c(province_code = "character", recipient_key = "character",
                        agency_key = "character"), na.strings = "", encoding = "UTF-8")
evaluations <- evaluations[!is.na(evaluations$programme), ]
year <- ifelse(is.na(evaluations$edition_year), "", as.character(evaluations$edition_year))
groups <- interaction(evaluations$programme, year, drop = TRUE, sep = "|")
table <- data.frame(
  programme = as.character(tapply(evaluations$programme, groups, function(x) x[1])),
  edition_year = as.character(tapply(year, groups, function(x) x[1])),
  results = as.integer(tapply(evaluations$key, groups, length)),
  confidence = round(as.numeric(tapply(evaluations$confidence, groups, mean)), 2)
)
table <- table[order(table$programme, table$edition_year == "", table$edition_year), ]
write.csv(table, row.names = FALSE, quote = FALSE)
