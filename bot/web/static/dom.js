// Building nodes. Text only ever enters the page as text.

export function element(tag, { className, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...children.filter(Boolean));
  return node;
}

export const spoken = (text) => element("span", { className: "hors-ecran" }, text);

export function safeUrl(address) {
  try {
    const url = new URL(address, window.location.href);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
