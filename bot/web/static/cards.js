// The cards an answer may carry. A card says all its message's text says, and is shown in its place.

import { element, safeUrl, spoken } from "./dom.js";
import { phoneList, withPhoneLinks } from "./phones.js";

const URGENCIES = { now: "Maintenant", today: "Aujourd’hui", week: "Cette semaine", later: "Sans urgence" };
const RENDERERS = { door: doorCard, emergency: emergencyCard, link: linkCard, rdv: rdvCard, summary: summaryCard };

let headings = 0;

/** The card as a node, or null for no card and for a kind this page does not know. */
export function renderCard(card) {
  const render = card && Object.hasOwn(RENDERERS, card.kind) ? RENDERERS[card.kind] : null;
  return render && render(card);
}

function article(className, title, ...content) {
  const id = `carte-${(headings += 1)}`;
  return element("article", { className: `carte ${className}`, dir: "auto", "aria-labelledby": id }, element("h3", { id }, title), ...content);
}

const paragraph = (className, ...content) => element("p", { className }, ...content);

function labelled(label, value) {
  return value ? paragraph("carte-ligne", element("span", { className: "libelle" }, `${label} : `), ...withPhoneLinks(value)) : null;
}

const explanation = (why) => (why ? paragraph("carte-ligne", ...withPhoneLinks(why)) : null);

/** The needs, unless the title has already named them all. */
function needsBeyond(title, needs) {
  const named = title.toLowerCase();
  return needs.every((need) => named.includes(need.toLowerCase())) ? "" : needs.join(", ");
}

function doorCard(card) {
  const urgency = URGENCIES[card.urgency];
  return article(
    `porte urgence-${urgency ? card.urgency : "later"}`,
    card.title,
    paragraph("pastilles", ...[urgency, card.mode_label].filter(Boolean).flatMap((word) => [element("span", { className: "pastille" }, word), " "])),
    labelled("Pour", needsBeyond(card.title, card.needs ?? [])),
    explanation(card.why),
    card.service !== card.title ? labelled("Service", card.service) : null,
    labelled("Lieu", card.place),
    card.place && card.site_known === false ? paragraph("prudence", "Adresse non vérifiée : appelez avant de vous déplacer.") : null,
    phoneList(card.phones),
  );
}

function emergencyCard(card) {
  return article("danger", card.title, phoneList(card.phones), explanation(card.why));
}

function rdvCard(card) {
  const url = card.url ? safeUrl(card.url) : null;
  return article(
    "rendez-vous",
    "Rendez-vous confirmé",
    paragraph("fiche-date", card.when),
    labelled("Pour", card.motif),
    labelled("Lieu", card.place),
    paragraph("fiche-code", "Votre code, à montrer à l’accueil ", element("strong", { className: "code", translate: "no" }, card.code)),
    url && paragraph("gestes", pageLink("Voir, déplacer ou annuler", url), " ", pageLink("Ajouter à mon agenda", calendarOf(url))),
  );
}

/** Where one chooses a time on another site: said before the button that leaves this page. */
function linkCard(card) {
  const url = safeUrl(card.url);
  return article(
    "rendez-vous",
    card.title,
    labelled("Lieu", card.place),
    explanation(card.why),
    url && paragraph("gestes", outsideLink("Choisir un créneau", url)),
    phoneList(card.phones),
  );
}

/** The calendar file stands beside the page, and opens with the same key. */
function calendarOf(address) {
  const url = new URL(address);
  url.pathname += ".ics";
  return url.href;
}

function summaryCard(card) {
  const steps = card.lines.map((line) => element("li", {}, ...withPhoneLinks(line)));
  return article(
    "resume",
    card.title,
    element("ol", {}, ...steps),
    paragraph("gestes", gesture("Imprimer", printSummary), " ", gesture("Enregistrer", () => saveText(card))),
  );
}

function gesture(text, action) {
  const button = element("button", { type: "button", className: "bouton" }, text);
  button.addEventListener("click", action);
  return button;
}

/** Prints the summary alone, not the conversation around it. */
function printSummary(event) {
  const card = event.currentTarget.closest(".resume");
  card.classList.add("imprime");
  document.body.classList.add("imprime-resume");
  window.print();
  document.body.classList.remove("imprime-resume");
  card.classList.remove("imprime");
}

/** The summary as a text file of the person's own telephone or computer. */
function saveText({ title, lines }) {
  const text = [title, ...lines.map((line, index) => `${index + 1}. ${line}`)].join("\n");
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  element("a", { href: url, download: "a-retenir.txt" }).click();
  URL.revokeObjectURL(url);
}

function outsideLink(text, href) {
  return element("a", { className: "bouton principal", href, target: "_blank", rel: "noopener noreferrer" }, text, spoken(" (nouvel onglet)"));
}

function pageLink(text, href) {
  if (window.parent === window) return element("a", { className: "bouton", href }, text);
  return element("a", { className: "bouton", href, target: "_blank", rel: "noopener" }, text, spoken(" (nouvel onglet)"));
}
