// Embeds the assistant in another site: a launcher button, and a frame made when it is first opened.
(() => {
  const home = new URL(document.currentScript.src).origin;
  const NAME = "Assistant d’orientation";
  const FRAME_ID = "assistant-orientation-cadre";
  const FLOATING = "position:fixed;right:.75rem;z-index:2147483000;box-sizing:border-box;";
  const LAUNCHER_STYLE = `${FLOATING}bottom:.75rem;min-height:3rem;padding:.5rem 1.1rem;border:2px solid #fff;border-radius:1.5rem;background:#175676;color:#fff;font:600 1rem/1.2 system-ui,sans-serif;cursor:pointer`;
  const FRAME_STYLE = `${FLOATING}bottom:4.5rem;width:min(26rem,calc(100vw - 1.5rem));height:min(42rem,calc(100vh - 5.5rem));border:1px solid #53687a;border-radius:.75rem;background:#fff;color-scheme:normal;box-shadow:0 .5rem 2rem rgba(0,0,0,.3)`;

  const launcher = document.createElement("button");
  let frame = null;

  function makeFrame() {
    frame = document.createElement("iframe");
    frame.id = FRAME_ID;
    frame.title = NAME;
    frame.src = `${home}/?integre=1`;
    frame.style.cssText = FRAME_STYLE;
    frame.addEventListener("load", enter);
    launcher.after(frame);
    launcher.setAttribute("aria-controls", FRAME_ID);
  }

  function show(open) {
    if (open && !frame) makeFrame();
    if (frame) frame.style.display = open ? "block" : "none";
    launcher.textContent = open ? "Fermer l’assistant" : NAME;
    launcher.setAttribute("aria-expanded", String(open));
  }

  const isOpen = () => launcher.getAttribute("aria-expanded") === "true";

  // Focus given before another site's page has taken its place in the frame is lost: it is given anew.
  function enter() {
    if (!isOpen()) return;
    frame.blur();
    frame.focus();
  }

  function open() {
    show(true);
    enter();
  }

  function close() {
    show(false);
    launcher.focus();
  }

  function leave(url) {
    frame.remove();
    if (/^https:\/\//.test(url)) location.replace(url);
  }

  function onMessage(event) {
    if (!frame || event.origin !== home || event.source !== frame.contentWindow) return;
    const asked = event.data && event.data.assistant;
    if (asked === "close") close();
    if (asked === "exit") leave(event.data.url);
  }

  launcher.type = "button";
  launcher.style.cssText = LAUNCHER_STYLE;
  launcher.addEventListener("click", () => (isOpen() ? close() : open()));
  addEventListener("message", onMessage);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) close();
  });
  show(false);
  document.body.append(launcher);
})();
