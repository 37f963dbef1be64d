"""Archives as browsers and crawlers write them, with invented goods in them."""

import base64
import gzip
import json
import zipfile
from io import BytesIO

from PIL import Image
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SEARCH_CALL = "https://h5api.m.taobao.com/h5/mtop.relationrecommend.wirelessrecommend.recommend/2.0/?type=jsonp"
DETAIL_CALL = "https://h5api.m.taobao.com/h5/mtop.taobao.pcdetail.data.get/1.0/?data=%7B%22id%22%3A%22{}%22%7D"
PICTURE = "https://img.alicdn.com/imgextra/i1/77/O1CN01velquora{}_!!77.jpg"


def picture(colour="teal", size=80):
    """A small JPEG."""
    made = BytesIO()
    Image.new("RGB", (size, size), colour).save(made, "JPEG", quality=95)
    return made.getvalue()


def detail(item_id, title, price="480"):
    """The answer of an article's own call (FACTS 1), as JSONP."""
    tree = {
        "item": {"itemId": str(item_id), "title": title, "images": [PICTURE.format(item_id)]},
        "seller": {"shopName": "小店", "sellerId": "77"},
        "skuCore": {"sku2info": {"0": {"price": {"priceText": price}, "quantity": 9}}},
        "skuBase": {},
    }
    return "mtopjsonp2(" + json.dumps({"api": "x", "ret": ["SUCCESS::x"], "data": tree}, ensure_ascii=False) + ")"


def entry(url, text=None, media="application/json", *, status=200, headers=(), **content):
    """One answer of a HAR; bytes are kept as base64."""
    if isinstance(text, bytes):
        text, content = base64.b64encode(text).decode(), {"encoding": "base64", **content}
    told = {} if text is None else {"text": text}
    return {
        "startedDateTime": "2026-11-20T10:00:00.000Z",
        "request": {"method": "GET", "url": url, "headers": []},
        "response": {
            "status": status,
            "headers": [{"name": name, "value": value} for name, value in headers],
            "content": {"size": 9, "mimeType": media, **told, **content},
        },
    }


def har(*entries, **log):
    """A HAR as a browser writes it."""
    pages = [{"id": "page_1", "title": 'odd: "entries": [{', "pageTimings": {}}]
    whole = {"log": {"version": "1.2", "creator": {"name": "a browser"}, "pages": pages, "entries": entries, **log}}
    return json.dumps(whole, ensure_ascii=False)


def warc(*answers, packed=True, records=()):
    """A WARC of answers: (url, body), (url, body, headers) or (url, body, headers, status).

    records : further ones, (type, url, body, fields)
    """
    made = BytesIO()
    writer = WARCWriter(made, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "a crawler"}))
    for url, body, *rest in answers:
        headers, status = (rest + [{}, 200][len(rest) :])[:2]
        lines = list(({"Content-Type": "application/json"} | headers).items())
        http = StatusAndHeaders(f"{status} OK", lines, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=BytesIO(_bytes(body)), http_headers=http)
        )
    for kind, url, body, fields in records:
        writer.write_record(
            writer.create_warc_record(url, kind, payload=BytesIO(_bytes(body)), warc_headers_dict=dict(fields))
        )
    return made.getvalue()


def wacz(path, *warcs, **files):
    """A zip with WARC files in its folder `archive/`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("datapackage.json", "{}")
        for number, each in enumerate(warcs):
            box.writestr(f"archive/data-{number}.warc.gz", each)
        for name, data in files.items():
            box.writestr(name, data)
    return path


def chunked(body, *, size=7):
    """A body in chunks."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def single_file(body, url="https://s.taobao.com/search?q=velquora", maker="Page saved with SingleFile"):
    """A page as SingleFile keeps it."""
    return (
        f"<!DOCTYPE html> <html lang=zh-CN><!--\n {maker} \n url: {url} \n"
        f" saved date: Fri Nov 20 2026 10:00:00 GMT+0800\n--><meta charset=utf-8><title>x</title><body>{body}"
    )


def drawn_card(item_id, title, image, price="500"):
    """A card of the result page as the browser has drawn it (FACTS 1: the order of its texts)."""
    return (
        f'<a href="https://item.taobao.com/item.htm?id={item_id}"><div>{image}<span>{title}</span>'
        f"<div>¥<span>{price}</span></div><span>7人付款</span><span>广东 广州</span><span>小店</span></div></a>"
    )


def data_address(body):
    """A picture as an address that holds it."""
    return "data:image/jpeg;base64," + base64.b64encode(body).decode()


def mhtml(page, *pictures, url="https://s.taobao.com/search?q=velquora"):
    """A page as Chrome's "save as single file" writes it. pictures : (address, bytes)"""
    text = "From: <Saved by Blink>\r\nSnapshot-Content-Location: " + url + "\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    text += 'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--edge"\r\n\r\n\r\n'
    text += f"----edge\r\nContent-Type: text/html\r\nContent-Location: {url}\r\n"
    text += "Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(page.encode()).decode() + "\r\n"
    for address, body in pictures:
        text += f"----edge\r\nContent-Type: image/jpeg\r\nContent-Location: {address}\r\n"
        text += "Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(body).decode() + "\r\n"
    return (text + "----edge--\r\n").encode()


def zeros(megabytes, layers=1):
    """A gzip bomb."""
    data = b"\0" * (megabytes * 2**20)
    for _ in range(layers):
        data = gzip.compress(data, 9)
    return data


def _bytes(body):
    return body.encode() if isinstance(body, str) else body
