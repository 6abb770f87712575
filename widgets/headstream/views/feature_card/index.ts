import { element } from "../shared/draw/dom";
import { keepingFocus } from "../shared/frame/focus";
import { defineView, type Frame, type View } from "../shared/frame/view";
import { quoted } from "../shared/text/tokens";
import { activationColors, featureCard } from "./card";
import { Features, percent, READERS, type Told } from "./features";
import { featureList } from "./list";

const NAMES = Object.keys(READERS) as (keyof Told)[];

function create(frame: Frame<typeof READERS>): View {
  const { traits, selection } = frame;
  let features: Features;
  let read: unknown[] = [];
  let list: ReturnType<typeof featureList> | undefined;
  let listed = element("div");
  let card: ReturnType<typeof featureCard>;
  /** What the card shows, and what is kept in the list. */
  let shown: number | null = null;
  let kept: number | null = null;
  let pointed: string | null = null;

  function makeList(): void {
    const acts = {
      point: (feature: number | null) => selection.preview(feature === null ? null : { feature }),
      keep: (feature: number) => selection.pin({ feature }),
    };
    list = featureList(features, acts, frame.room === "some" || frame.room === "plenty", list);
    listed.replaceChildren(list.root);
    kept = null;
  }

  return {
    build() {
      card = featureCard({
        say(words) {
          pointed = words;
          frame.reselect();
        },
        keep: (feature) => selection.pin({ feature }),
      });
      read = [];
      listed = element("div", "hs-feature-list");
      const beside = frame.room === "much" || frame.room === "plenty";
      const whole = element("div", `hs-feature ${beside ? "hs-beside" : ""}`, {}, listed, card.root);
      whole.toggleAttribute("data-whole", frame.height === null);
      frame.picture.replaceChildren(whole);
    },

    paint() {
      const now = NAMES.map((name) => traits[name]);
      if (now.some((value, index) => value !== read[index])) {
        features = new Features(traits);
        read = now;
        selection.sizes = { feature: features.count };
        makeList();
      }
      shown = null;
      frame.legend.replaceChildren(activationColors(frame.theme).legend());
      const { name, place, text } = traits;
      frame.title(`${features.count.toLocaleString("en")} features of ${name} (${place}), on ${text}`);
    },

    select({ feature }, pinned) {
      const wanted = feature ?? features.first();
      if (wanted !== shown) {
        shown = wanted;
        pointed = null;
        keepingFocus(card.root, () => card.draw(features, wanted, frame.theme, frame.fontSize));
      }
      list?.mark((row) => row === feature);
      if (pinned.feature !== kept) {
        kept = pinned.feature;
        if (kept !== null) list?.reveal(kept);
      }
      frame.say(pointed ?? (feature === null ? overview() : sentence(feature)));
    },
  };

  function overview(): string {
    const dead = features.dead();
    const silent = dead ? `; ${dead.toLocaleString("en")} of them fire nowhere on this text` : "";
    const active = features.active();
    const digits = active < 10 ? 1 : 0;
    return `${active.toFixed(digits)} features fire at once, on average${silent}. Point at one in the list, or search for a token; click to keep it.`;
  }

  function sentence(feature: number): string {
    const label = features.label(feature);
    const name = `Feature ${feature}${label ? ` (${quoted(label)})` : ""}`;
    const [strongest] = features.fires[feature];
    if (strongest === undefined) return `${name} fires nowhere on this text.`;
    const [promoted] = features.promotes[feature];
    const how = `fires at ${percent(features.density(feature))} of the places, most often at ${quoted(strongest)} where it is strong`;
    return `${name} ${how}${promoted === undefined ? "" : `, and promotes ${quoted(promoted)} most`}.`;
  }
}

export default defineView({ name: "feature_card", readers: READERS, structure: () => null, create });
