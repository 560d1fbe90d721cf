// The cards an answer may carry. A card says all its message's text says, and is shown in its place.

import { element, safeUrl, spoken } from "./dom.js";
import { phoneList, withPhoneLinks } from "./phones.js";

const URGENCIES = { now: "Maintenant", today: "Aujourd’hui", week: "Cette semaine", later: "Sans urgence" };
const RENDERERS = { door: doorCard, emergency: emergencyCard, rdv: rdvCard };

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
    url && paragraph("gestes", pageLink("Voir ou annuler", url), " ", pageLink("Ajouter à mon agenda", `${url}.ics`)),
  );
}

function pageLink(text, href) {
  if (window.parent === window) return element("a", { className: "bouton", href }, text);
  return element("a", { className: "bouton", href, target: "_blank", rel: "noopener" }, text, spoken(" (nouvel onglet)"));
}
