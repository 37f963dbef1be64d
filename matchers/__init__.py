"""Pure scoring: titles, images, price, copy slang, and the rule that flags. No Scrapy, no database."""
