"""Russian dates and numbers, as Django ships them, with the week and the space of this country's forms."""

DATE_FORMAT = "j E Y\xa0г."
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y\xa0г., H:i"
YEAR_MONTH_FORMAT = "F Y\xa0г."
MONTH_DAY_FORMAT = "j E"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
