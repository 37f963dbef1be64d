"""What stands between a spider and a marketplace: the site itself, the local stand-in, or stored answers.

The spider's code and its addresses are the same on all three; one setting chooses (`BAZAARWATCH_TRANSPORT`).

live : scrapy-playwright on the operator's own browser profile; pictures and robots.txt by plain HTTP
sandbox:PORT : the same browser with every host mapped to a port of this machine
archive:FILE : no browser and no socket; stored answers: saved pages, HAR, WARC, WACZ, or a folder of them
"""

from crawler.transports.addon import Transports, transport_of

__all__ = ["Transports", "transport_of"]
