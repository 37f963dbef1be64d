"""Scrapy's settings, derived from `crawler.config`."""

import sys

from crawler import __version__
from crawler.config import ConfigError, load_config
from crawler.progress import tell

try:
    config = load_config()
except ConfigError as error:  # Scrapy imports this module itself: a traceback would be all that the user sees
    tell(f"error: {error}")
    sys.exit(2)

BOT_NAME = "bazaarwatch"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "crawler.commands"
ADDONS = {"crawler.transports.Transports": 0}
BAZAARWATCH_CONFIG = config
BAZAARWATCH_TRANSPORT = config.transport

USER_AGENT = f"bazaarwatch/{__version__}"  # plain requests: robots.txt and pictures; the browser keeps its own
ROBOTSTXT_OBEY = True  # a spider's access settings may say otherwise, see crawler.base
COOKIES_ENABLED = False  # the browser keeps its own; Scrapy's middleware would fetch a public-suffix list at the first
RETRY_ENABLED = False  # a page that failed is asked again by the next run; a retry would leak an included page
HTTPERROR_ALLOW_ALL = True  # a 4xx or 5xx is an answer, and is named
REDIRECT_ENABLED = False  # a picture host that redirects leads elsewhere; the browser follows its own

CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 8  # pictures; pages wait for `crawler.pace`
DOWNLOAD_MAXSIZE = config.photos.max_bytes  # robots.txt and pictures; pages come through the browser
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = config.photos.timeout

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # goes on where there is no robots.txt to read
    "crawler.robots.RobotsMiddleware": 100,
    "crawler.pace.PaceMiddleware": 110,
}
ITEM_PIPELINES = {
    "pipelines.photos.PhotosPipeline": 100,
    "pipelines.score.ScorePipeline": 200,
    **({"pipelines.evidence.EvidencePipeline": 250} if config.evidence.during_crawl else {}),
    "pipelines.store.StorePipeline": 300,
    "pipelines.flagged.FlaggedPipeline": 400,
}
FEED_EXPORTERS = {"csv": "crawler.exports.CsvExporter"}

LOG_LEVEL = config.log_level
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"  # a listing that is not flagged is no event
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # on by default since 2.19: a local server that runs Python in the crawl
EXTENSIONS = {  # switched off above; None spares loading them
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}
