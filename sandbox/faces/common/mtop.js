"use strict";
// Calls to the gateway: the first one earns a token (a cookie), then it is repeated with a sign.
const mtop = (() => {
  const APP_KEY = "12474578";
  const HOSTS = { "tmall.com": "h5api.m.tmall.com", "1688.com": "h5api.m.1688.com", "aliexpress.com": "acs.aliexpress.com" };
  const host = HOSTS[location.hostname.split(".").slice(-2).join(".")] || "h5api.m.taobao.com";
  let calls = 0;

  function token() {
    const found = document.cookie.match(/(?:^|; )_m_h5_tk=([^_;]*)_/);
    return found ? found[1] : "";
  }

  // Four rounds of FNV-1a give the 32 hex digits of a sign; the gateway here takes any.
  function sign(text) {
    let digits = "";
    for (let round = 1; round <= 4; round += 1) {
      let hash = 0x811c9dc5 ^ round;
      for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      digits += (hash >>> 0).toString(16).padStart(8, "0");
    }
    return digits;
  }

  function address(api, version, text, rest) {
    const t = String(Date.now());
    return `https://${host}/h5/${api.toLowerCase()}/${version}/?` + new URLSearchParams({
      jsv: "2.7.2", appKey: APP_KEY, t, sign: sign(`${token()}&${t}&${APP_KEY}&${text}`), api, v: version, ...rest,
    });
  }

  // name : a part of the callback's, such as the gateway's answers show it.
  function jsonp(api, version, data, name = "") {
    return new Promise((resolve, reject) => {
      const callback = `mtopjsonp${name}${(calls += 1)}`;
      const text = JSON.stringify(data);
      const script = document.createElement("script");
      const done = (settle) => (value) => {
        delete window[callback];
        script.remove();
        settle(value);
      };
      window[callback] = done(resolve);
      script.onerror = done(() => reject(new Error("network")));
      script.src = address(api, version, text, { type: "jsonp", dataType: "jsonp", callback, data: text });
      document.head.append(script);
    });
  }

  async function post(api, version, data) {
    const text = JSON.stringify(data);
    const rest = { type: "json", valueType: "string", dataType: "jsonp", timeout: "10000" };
    const body = new URLSearchParams({ data: text });
    const answer = await fetch(address(api, version, text, rest), { method: "POST", credentials: "include", body });
    return answer.json();
  }

  // The answer's data. Leaves the page when the answer sends it elsewhere; otherwise rejects with the gateway's words.
  async function ask(api, version, data, { name, by = jsonp, tries = 3 } = {}) {
    const answer = await by(api, version, data, name);
    const code = answer.ret[0];
    if (code.startsWith("SUCCESS")) return answer.data;
    if (code.startsWith("FAIL_SYS_TOKEN_") && tries > 1) return ask(api, version, data, { name, by, tries: tries - 1 });
    if (answer.data.url) location.replace(answer.data.url);
    throw new Error(code.split("::").pop());
  }

  return { ask, post };
})();
