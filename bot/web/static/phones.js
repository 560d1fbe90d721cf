// Telephone numbers as links, without taking a date, an age or a sum for a number to call.

import { element } from "./dom.js";

const DIALLABLE = /^\+?\d{2,15}$/;
const LONG = "(?:\\+33\\s?|0)[1-9](?:[\\s.]?\\d{2}){4}|0\\s8\\d{2}(?:\\s\\d{2}){3}";
const NUMBER = new RegExp(`${LONG}|3\\d\\s\\d{2}|\\d{3}\\s\\d{3}|\\d+`, "g");
const LONG_ONLY = new RegExp(`^(?:${LONG})$`);
const FOUR_DIGITS = /^3\d{3}$/;
const CALL_IN_SENTENCE = /(?:appel|compos|numéro|sms)[^.!?\n]*$/i;
const JUST_BEFORE = /(?:^|[^\p{L}])(?:le|au|ou)\s$/iu;
const BEFORE_A_DATE = /avant\s+le\s$/i;
const UNIT_AFTER = /^\s?(?:janv|févr|mars|avril|mai|juin|juil|août|sept|octo|nove|déce|h\b|heures?|à\s\d|ans|jours|mois|euros?|€|%|\/|\d)/i;

const compact = (number) => number.replace(/[\s.]/g, "");

/** The page's own links are the reference: they know which line is called and which is written to. */
function hrefOnPage(number) {
  const links = [...document.querySelectorAll("main .numeros a, main .numero-unique a")];
  return links.find((link) => compact(link.textContent) === number)?.getAttribute("href");
}

function isAskedFor(before, after) {
  return CALL_IN_SENTENCE.test(before) && JUST_BEFORE.test(before) && !BEFORE_A_DATE.test(before) && !UNIT_AFTER.test(after);
}

function hrefInText(written, before, after) {
  if (/[\d+]$/.test(before) || /^\d/.test(after)) return null;
  const number = compact(written);
  const onPage = hrefOnPage(number);
  if (LONG_ONLY.test(written)) return onPage ?? `tel:${number}`;
  if (onPage && number.length > 3) return onPage;
  if (!onPage && !FOUR_DIGITS.test(number)) return null;
  return isAskedFor(before, after) ? onPage ?? `tel:${number}` : null;
}

/** The text as nodes, its telephone numbers as links. */
export function withPhoneLinks(text) {
  const nodes = [];
  let done = 0;
  for (const match of text.matchAll(NUMBER)) {
    const end = match.index + match[0].length;
    const href = hrefInText(match[0], text.slice(0, match.index), text.slice(end));
    if (!href) continue;
    nodes.push(text.slice(done, match.index), element("a", { href, className: "telephone" }, match[0]));
    done = end;
  }
  return [...nodes, text.slice(done)];
}

function bigNumber({ number, dial }) {
  if (!DIALLABLE.test(dial ?? "")) return element("strong", { className: "grand-numero" }, number);
  return element("a", { href: hrefOnPage(compact(number)) ?? `tel:${dial}`, className: "grand-numero" }, number);
}

/** The phones of a card: big numbers with what answers there, and when. */
export function phoneList(phones) {
  if (!phones?.length) return null;
  const lines = phones.map((phone) => {
    const name = phone.name?.replace(` (${phone.number})`, "");
    const details = [name, phone.hours].filter(Boolean).join(", ");
    return element("li", {}, bigNumber(phone), details && element("span", {}, details));
  });
  return element("ul", { className: "grands-numeros", role: "list" }, ...lines);
}
