// What is pointed at, in a sentence.
import { fixed, signed } from "../shared/text/format";
import { plain } from "../shared/text/tokens";
import { type Item, written } from "./cards";
import type { Gallery, Place } from "./gallery";

export class Words {
  constructor(
    private readonly gallery: Gallery,
    private readonly inputs: readonly string[],
    private readonly importance: string,
  ) {}

  sentence(item: Item | null, off: ReadonlySet<string>, input: number | null, pinned: Place | null): string {
    if (item?.kind === "input") return this.ofInput(off, item.input);
    if (item?.kind === "switch") return `${this.switched(off, item.place)} ${this.overall(off, input)}`;
    const place = item?.place ?? pinned;
    return place ? this.ofPart(place) : `${this.overall(off, input)} Point at a component; click to keep it.`;
  }

  ofPart(place: Place): string {
    const { name, sizes } = this.gallery.matrices[place.matrix];
    const { input, value } = this.gallery.most(place);
    const share = sizes[place.component] / (this.gallery.matrices[place.matrix].norm || 1);
    const best = this.best(place);
    return `${plain(name)}, component ${place.component}: ${fixed(100 * share, 0)} % of the matrix' norm; most ${plain(this.importance)} ${fixed(value, 2)}, for ${plain(this.inputs[input])}${best}.`;
  }

  private best(place: Place): string {
    const { matrix } = place;
    const columns = this.gallery.inColumns(matrix);
    const likeness = this.gallery.likeness(place);
    const longest = likeness.reduce((a, one, i) => (one.length > likeness[a].length ? i : a), 0);
    const { cosine, length } = likeness[longest];
    const axis = this.gallery.data.axes[matrix + (columns ? 1 : 0)];
    return `; its ${columns ? "column" : "row"} ${plain(axis[longest])} has ${fixed(length, 2)} of the target's length, at a cosine of ${signed(cosine, 3)}`;
  }

  private ofInput(off: ReadonlySet<string>, input: number): string {
    const active = this.gallery.matrices.map(({ name }, matrix) => {
      const some = Array.from({ length: this.gallery.components }, (_, component) => component);
      const count = some.filter((component) => this.gallery.importance({ matrix, component }, input) >= 0.5).length;
      return `${count} of ${plain(name)}`;
    });
    return `Input ${plain(this.inputs[input])}: the components that matter are ${active.join(", ")}. ${this.overall(off, input)}`;
  }

  private switched(off: ReadonlySet<string>, place: Place): string {
    const state = this.gallery.isOff(off, place) ? "off" : "on";
    const whole = this.gallery.spans ? ", a part of every matrix," : "";
    const { name } = this.gallery.matrices[place.matrix];
    return `${plain(name)}, component ${place.component},${whole} is ${state}; a click switches it.`.replace(",,", ",");
  }

  private overall(off: ReadonlySet<string>, input: number | null): string {
    const whole = this.gallery.matrices.length * this.gallery.components;
    let gone = 0;
    this.gallery.matrices.forEach((_, matrix) => {
      for (let component = 0; component < this.gallery.components; component++) {
        if (this.gallery.isOff(off, { matrix, component })) gone += 1;
      }
    });
    const on = gone ? `With ${whole - gone} of ${whole} components on` : "With all components on";
    const where = input === null ? "over all inputs" : `for ${plain(this.inputs[input])}`;
    return `${on}, the mean squared error of the output ${where} is ${written(this.gallery.error(off, input))}.`;
  }
}
