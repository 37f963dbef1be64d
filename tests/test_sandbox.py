"""The sandbox as a server: hosts, ports, counts, its end."""

import socket
import ssl
import time

import aiohttp
import pytest

from sandbox.server import SandboxError
from tests.sandbox_shop import client

pytest_plugins = ["tests.sandbox_fixtures"]


async def test_a_host_that_is_not_known_is_not_found(site):
    status, _, _ = await site.get("https://s.taobao.com/search?q=a", headers={"Host": "nobody.example"})
    assert status == 404


async def test_a_port_in_the_host_changes_nothing(site):
    status, _, _ = await site.get("https://s.taobao.com/search?q=a", headers={"Host": "S.taobao.com:443"})
    assert status == 200


@pytest.mark.parametrize("host", ["s.taobao.com", "detail.tmall.com", "img.alicdn.com", "h5api.m.taobao.com"])
async def test_robots_are_welcome_by_default(site, host):
    assert (await site.get(f"https://{host}/robots.txt"))[2] == "User-agent: *\nAllow: /\n"


async def test_robots_are_refused_on_demand(open_box):
    with open_box(robots="real") as box:
        async with client(box) as site:
            assert (await site.get("https://s.taobao.com/robots.txt"))[2] == "User-agent: *\nDisallow: /\n"


async def test_requests_are_remembered_and_counted(site, box):
    await site.get("https://s.taobao.com/search?q=%E9%9E%8B")
    await site.search("VELOKA")
    assert (box.requests[0].host, box.requests[0].path_qs) == ("s.taobao.com", "/search?q=%E9%9E%8B")
    assert box.counts == {"search": 1, "token": 1, "goods": 1}


async def test_a_connection_is_kept_for_the_next_request(site):
    _, headers, _ = await site.get("https://s.taobao.com/search?q=a")
    assert headers.get("Connection", "keep-alive").lower() == "keep-alive"


async def test_other_methods_than_reading_are_refused(site):
    async with site.session.post("https://s.taobao.com/search", data=b"x") as response:
        assert response.status == 405


def test_a_port_that_is_taken_is_named(open_box):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SandboxError, match=f"^port {port} is in use$"), open_box(port=port):
            pass


def test_a_port_that_is_none_is_named(open_box):
    with pytest.raises(SandboxError, match=r"^port 70000 is no port"), open_box(port=70_000):
        pass


def test_two_sandboxes_run_side_by_side(open_box):
    with open_box() as one, open_box() as other:
        assert one.port != other.port


def test_a_port_is_free_again_after_the_end(open_box):
    with open_box() as box:
        port = box.port
    with open_box(port=port) as again:
        assert again.port == port


def test_the_end_does_not_wait_for_an_answer_under_way(open_box):
    context = ssl.create_default_context()
    with open_box(delay=60) as box:
        box.trust(context)
        connection = socket.create_connection(("127.0.0.1", box.port))
        tls = context.wrap_socket(connection, server_hostname="s.taobao.com")
        tls.sendall(b"GET /search?q=a HTTP/1.1\r\nHost: s.taobao.com\r\n\r\n")
        started = time.monotonic()
    tls.close()
    assert time.monotonic() - started < 30  # half a second is usual


async def test_a_delay_comes_before_every_answer(open_box):
    with open_box(delay=0.2) as box:
        async with client(box) as site:
            started = time.monotonic()
            await site.get("https://s.taobao.com/search?q=a")
            assert time.monotonic() - started >= 0.2


async def test_a_client_that_does_not_know_the_authority_refuses_the_certificate(box):
    with pytest.raises(aiohttp.ClientConnectorCertificateError):
        async with aiohttp.ClientSession() as session:
            await session.get(f"https://localhost:{box.port}/")
