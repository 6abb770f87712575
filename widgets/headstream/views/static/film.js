// headstream/views/shared/draw/dom.ts
function element(tag, className = "", attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}
function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}
function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === void 0) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

// headstream/views/shared/draw/weights.ts
var Weights = class {
  /**
   * `pattern`: [layer, head, weight], row after row; packed, a row ends on the diagonal, which begins so many keys after the first.
   * `norms`: [layer, head, key].
   */
  constructor(pattern, packed, length, norms, weighted, diagonal = 0) {
    this.packed = packed;
    this.length = length;
    this.weighted = weighted;
    this.starts = rowStarts(length, packed, diagonal);
    [this.layers, this.heads, this.perHead] = pattern.shape;
    this.codes = pattern.data;
    this.values = "values" in pattern ? pattern.values : null;
    this.norms = weighted && norms ? norms.data : null;
    this.scale = new Float32Array(this.layers * this.heads).fill(1);
    for (let head = 0; this.norms && head < this.scale.length; head++) {
      let largest2 = 0;
      for (let key = 0; key < length; key++) largest2 = Math.max(largest2, this.norms[head * length + key]);
      this.scale[head] = largest2 > 0 ? 1 / largest2 : 1;
    }
  }
  packed;
  length;
  weighted;
  layers;
  heads;
  codes;
  /** What each code stands for; null where they are the weights. */
  values;
  norms;
  /** One over each head's largest norm. */
  scale;
  perHead;
  /** Where each row begins, and the last ends. */
  starts;
  at(layer, head, query, key) {
    const row = this.starts[query];
    if (row + key >= this.starts[query + 1]) return 0;
    const one2 = layer * this.heads + head;
    const code = this.codes[one2 * this.perHead + row + key];
    const p = this.values ? this.values[code] : code;
    return this.norms ? p * this.norms[one2 * this.length + key] * this.scale[one2] : p;
  }
  block() {
    return 1;
  }
  raster(layer, head, { query, key, span }, size) {
    const { codes, values, norms } = this;
    const out = new Float32Array(size * size).fill(Number.NaN);
    const one2 = layer * this.heads + head;
    const place = (index) => Math.floor(index * size / span);
    const ends = Int32Array.from({ length: size }, (_, number5) => Math.ceil((number5 + 1) * span / size));
    for (let row = 0; row < span; row++) {
      const start = place(row) * size;
      const first = one2 * this.perHead + this.starts[query + row] + key;
      const seen2 = Math.min(span, this.starts[query + row + 1] - this.starts[query + row] - key);
      for (let number5 = 0, column2 = 0; column2 < seen2; number5++) {
        const end = Math.min(seen2, ends[number5]);
        let largest2 = out[start + number5];
        for (; column2 < end; column2++) {
          let weight = values ? values[codes[first + column2]] : codes[first + column2];
          if (norms) weight *= norms[one2 * this.length + key + column2] * this.scale[one2];
          if (!(Math.abs(weight) <= Math.abs(largest2))) largest2 = weight;
        }
        out[start + number5] = largest2;
      }
    }
    return out;
  }
};
function rowStarts(length, packed, diagonal = 0) {
  const starts = new Int32Array(length + 1);
  for (let row = 0; row < length; row++) {
    const held = packed ? Math.min(length, Math.max(0, row + diagonal + 1)) : length;
    starts[row + 1] = starts[row] + held;
  }
  return starts;
}
function strongest(weight, length, count2) {
  return Array.from({ length }, (_, index) => index).filter((index) => Math.abs(weight(index)) >= 5e-3).sort((a, b) => Math.abs(weight(b)) - Math.abs(weight(a)) || a - b).slice(0, count2);
}

// node_modules/d3-color/dist/d3-color.mjs
function define(constructor, factory, prototype) {
  constructor.prototype = factory.prototype = prototype;
  prototype.constructor = constructor;
}
function extend(parent, definition) {
  var prototype = Object.create(parent.prototype);
  for (var key in definition) prototype[key] = definition[key];
  return prototype;
}
function Color() {
}
var darker = 0.7;
var brighter = 1 / darker;
var reI = "\\s*([+-]?\\d+)\\s*";
var reN = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)\\s*";
var reP = "\\s*([+-]?(?:\\d*\\.)?\\d+(?:[eE][+-]?\\d+)?)%\\s*";
var reHex = /^#([0-9a-f]{3,8})$/;
var reRgbInteger = new RegExp(`^rgb\\(${reI},${reI},${reI}\\)$`);
var reRgbPercent = new RegExp(`^rgb\\(${reP},${reP},${reP}\\)$`);
var reRgbaInteger = new RegExp(`^rgba\\(${reI},${reI},${reI},${reN}\\)$`);
var reRgbaPercent = new RegExp(`^rgba\\(${reP},${reP},${reP},${reN}\\)$`);
var reHslPercent = new RegExp(`^hsl\\(${reN},${reP},${reP}\\)$`);
var reHslaPercent = new RegExp(`^hsla\\(${reN},${reP},${reP},${reN}\\)$`);
var named = {
  aliceblue: 15792383,
  antiquewhite: 16444375,
  aqua: 65535,
  aquamarine: 8388564,
  azure: 15794175,
  beige: 16119260,
  bisque: 16770244,
  black: 0,
  blanchedalmond: 16772045,
  blue: 255,
  blueviolet: 9055202,
  brown: 10824234,
  burlywood: 14596231,
  cadetblue: 6266528,
  chartreuse: 8388352,
  chocolate: 13789470,
  coral: 16744272,
  cornflowerblue: 6591981,
  cornsilk: 16775388,
  crimson: 14423100,
  cyan: 65535,
  darkblue: 139,
  darkcyan: 35723,
  darkgoldenrod: 12092939,
  darkgray: 11119017,
  darkgreen: 25600,
  darkgrey: 11119017,
  darkkhaki: 12433259,
  darkmagenta: 9109643,
  darkolivegreen: 5597999,
  darkorange: 16747520,
  darkorchid: 10040012,
  darkred: 9109504,
  darksalmon: 15308410,
  darkseagreen: 9419919,
  darkslateblue: 4734347,
  darkslategray: 3100495,
  darkslategrey: 3100495,
  darkturquoise: 52945,
  darkviolet: 9699539,
  deeppink: 16716947,
  deepskyblue: 49151,
  dimgray: 6908265,
  dimgrey: 6908265,
  dodgerblue: 2003199,
  firebrick: 11674146,
  floralwhite: 16775920,
  forestgreen: 2263842,
  fuchsia: 16711935,
  gainsboro: 14474460,
  ghostwhite: 16316671,
  gold: 16766720,
  goldenrod: 14329120,
  gray: 8421504,
  green: 32768,
  greenyellow: 11403055,
  grey: 8421504,
  honeydew: 15794160,
  hotpink: 16738740,
  indianred: 13458524,
  indigo: 4915330,
  ivory: 16777200,
  khaki: 15787660,
  lavender: 15132410,
  lavenderblush: 16773365,
  lawngreen: 8190976,
  lemonchiffon: 16775885,
  lightblue: 11393254,
  lightcoral: 15761536,
  lightcyan: 14745599,
  lightgoldenrodyellow: 16448210,
  lightgray: 13882323,
  lightgreen: 9498256,
  lightgrey: 13882323,
  lightpink: 16758465,
  lightsalmon: 16752762,
  lightseagreen: 2142890,
  lightskyblue: 8900346,
  lightslategray: 7833753,
  lightslategrey: 7833753,
  lightsteelblue: 11584734,
  lightyellow: 16777184,
  lime: 65280,
  limegreen: 3329330,
  linen: 16445670,
  magenta: 16711935,
  maroon: 8388608,
  mediumaquamarine: 6737322,
  mediumblue: 205,
  mediumorchid: 12211667,
  mediumpurple: 9662683,
  mediumseagreen: 3978097,
  mediumslateblue: 8087790,
  mediumspringgreen: 64154,
  mediumturquoise: 4772300,
  mediumvioletred: 13047173,
  midnightblue: 1644912,
  mintcream: 16121850,
  mistyrose: 16770273,
  moccasin: 16770229,
  navajowhite: 16768685,
  navy: 128,
  oldlace: 16643558,
  olive: 8421376,
  olivedrab: 7048739,
  orange: 16753920,
  orangered: 16729344,
  orchid: 14315734,
  palegoldenrod: 15657130,
  palegreen: 10025880,
  paleturquoise: 11529966,
  palevioletred: 14381203,
  papayawhip: 16773077,
  peachpuff: 16767673,
  peru: 13468991,
  pink: 16761035,
  plum: 14524637,
  powderblue: 11591910,
  purple: 8388736,
  rebeccapurple: 6697881,
  red: 16711680,
  rosybrown: 12357519,
  royalblue: 4286945,
  saddlebrown: 9127187,
  salmon: 16416882,
  sandybrown: 16032864,
  seagreen: 3050327,
  seashell: 16774638,
  sienna: 10506797,
  silver: 12632256,
  skyblue: 8900331,
  slateblue: 6970061,
  slategray: 7372944,
  slategrey: 7372944,
  snow: 16775930,
  springgreen: 65407,
  steelblue: 4620980,
  tan: 13808780,
  teal: 32896,
  thistle: 14204888,
  tomato: 16737095,
  turquoise: 4251856,
  violet: 15631086,
  wheat: 16113331,
  white: 16777215,
  whitesmoke: 16119285,
  yellow: 16776960,
  yellowgreen: 10145074
};
define(Color, color, {
  copy(channels) {
    return Object.assign(new this.constructor(), this, channels);
  },
  displayable() {
    return this.rgb().displayable();
  },
  hex: color_formatHex,
  // Deprecated! Use color.formatHex.
  formatHex: color_formatHex,
  formatHex8: color_formatHex8,
  formatHsl: color_formatHsl,
  formatRgb: color_formatRgb,
  toString: color_formatRgb
});
function color_formatHex() {
  return this.rgb().formatHex();
}
function color_formatHex8() {
  return this.rgb().formatHex8();
}
function color_formatHsl() {
  return hslConvert(this).formatHsl();
}
function color_formatRgb() {
  return this.rgb().formatRgb();
}
function color(format2) {
  var m, l;
  format2 = (format2 + "").trim().toLowerCase();
  return (m = reHex.exec(format2)) ? (l = m[1].length, m = parseInt(m[1], 16), l === 6 ? rgbn(m) : l === 3 ? new Rgb(m >> 8 & 15 | m >> 4 & 240, m >> 4 & 15 | m & 240, (m & 15) << 4 | m & 15, 1) : l === 8 ? rgba(m >> 24 & 255, m >> 16 & 255, m >> 8 & 255, (m & 255) / 255) : l === 4 ? rgba(m >> 12 & 15 | m >> 8 & 240, m >> 8 & 15 | m >> 4 & 240, m >> 4 & 15 | m & 240, ((m & 15) << 4 | m & 15) / 255) : null) : (m = reRgbInteger.exec(format2)) ? new Rgb(m[1], m[2], m[3], 1) : (m = reRgbPercent.exec(format2)) ? new Rgb(m[1] * 255 / 100, m[2] * 255 / 100, m[3] * 255 / 100, 1) : (m = reRgbaInteger.exec(format2)) ? rgba(m[1], m[2], m[3], m[4]) : (m = reRgbaPercent.exec(format2)) ? rgba(m[1] * 255 / 100, m[2] * 255 / 100, m[3] * 255 / 100, m[4]) : (m = reHslPercent.exec(format2)) ? hsla(m[1], m[2] / 100, m[3] / 100, 1) : (m = reHslaPercent.exec(format2)) ? hsla(m[1], m[2] / 100, m[3] / 100, m[4]) : named.hasOwnProperty(format2) ? rgbn(named[format2]) : format2 === "transparent" ? new Rgb(NaN, NaN, NaN, 0) : null;
}
function rgbn(n) {
  return new Rgb(n >> 16 & 255, n >> 8 & 255, n & 255, 1);
}
function rgba(r, g, b, a) {
  if (a <= 0) r = g = b = NaN;
  return new Rgb(r, g, b, a);
}
function rgbConvert(o) {
  if (!(o instanceof Color)) o = color(o);
  if (!o) return new Rgb();
  o = o.rgb();
  return new Rgb(o.r, o.g, o.b, o.opacity);
}
function rgb(r, g, b, opacity) {
  return arguments.length === 1 ? rgbConvert(r) : new Rgb(r, g, b, opacity == null ? 1 : opacity);
}
function Rgb(r, g, b, opacity) {
  this.r = +r;
  this.g = +g;
  this.b = +b;
  this.opacity = +opacity;
}
define(Rgb, rgb, extend(Color, {
  brighter(k) {
    k = k == null ? brighter : Math.pow(brighter, k);
    return new Rgb(this.r * k, this.g * k, this.b * k, this.opacity);
  },
  darker(k) {
    k = k == null ? darker : Math.pow(darker, k);
    return new Rgb(this.r * k, this.g * k, this.b * k, this.opacity);
  },
  rgb() {
    return this;
  },
  clamp() {
    return new Rgb(clampi(this.r), clampi(this.g), clampi(this.b), clampa(this.opacity));
  },
  displayable() {
    return -0.5 <= this.r && this.r < 255.5 && (-0.5 <= this.g && this.g < 255.5) && (-0.5 <= this.b && this.b < 255.5) && (0 <= this.opacity && this.opacity <= 1);
  },
  hex: rgb_formatHex,
  // Deprecated! Use color.formatHex.
  formatHex: rgb_formatHex,
  formatHex8: rgb_formatHex8,
  formatRgb: rgb_formatRgb,
  toString: rgb_formatRgb
}));
function rgb_formatHex() {
  return `#${hex(this.r)}${hex(this.g)}${hex(this.b)}`;
}
function rgb_formatHex8() {
  return `#${hex(this.r)}${hex(this.g)}${hex(this.b)}${hex((isNaN(this.opacity) ? 1 : this.opacity) * 255)}`;
}
function rgb_formatRgb() {
  const a = clampa(this.opacity);
  return `${a === 1 ? "rgb(" : "rgba("}${clampi(this.r)}, ${clampi(this.g)}, ${clampi(this.b)}${a === 1 ? ")" : `, ${a})`}`;
}
function clampa(opacity) {
  return isNaN(opacity) ? 1 : Math.max(0, Math.min(1, opacity));
}
function clampi(value) {
  return Math.max(0, Math.min(255, Math.round(value) || 0));
}
function hex(value) {
  value = clampi(value);
  return (value < 16 ? "0" : "") + value.toString(16);
}
function hsla(h, s, l, a) {
  if (a <= 0) h = s = l = NaN;
  else if (l <= 0 || l >= 1) h = s = NaN;
  else if (s <= 0) h = NaN;
  return new Hsl(h, s, l, a);
}
function hslConvert(o) {
  if (o instanceof Hsl) return new Hsl(o.h, o.s, o.l, o.opacity);
  if (!(o instanceof Color)) o = color(o);
  if (!o) return new Hsl();
  if (o instanceof Hsl) return o;
  o = o.rgb();
  var r = o.r / 255, g = o.g / 255, b = o.b / 255, min = Math.min(r, g, b), max2 = Math.max(r, g, b), h = NaN, s = max2 - min, l = (max2 + min) / 2;
  if (s) {
    if (r === max2) h = (g - b) / s + (g < b) * 6;
    else if (g === max2) h = (b - r) / s + 2;
    else h = (r - g) / s + 4;
    s /= l < 0.5 ? max2 + min : 2 - max2 - min;
    h *= 60;
  } else {
    s = l > 0 && l < 1 ? 0 : h;
  }
  return new Hsl(h, s, l, o.opacity);
}
function hsl(h, s, l, opacity) {
  return arguments.length === 1 ? hslConvert(h) : new Hsl(h, s, l, opacity == null ? 1 : opacity);
}
function Hsl(h, s, l, opacity) {
  this.h = +h;
  this.s = +s;
  this.l = +l;
  this.opacity = +opacity;
}
define(Hsl, hsl, extend(Color, {
  brighter(k) {
    k = k == null ? brighter : Math.pow(brighter, k);
    return new Hsl(this.h, this.s, this.l * k, this.opacity);
  },
  darker(k) {
    k = k == null ? darker : Math.pow(darker, k);
    return new Hsl(this.h, this.s, this.l * k, this.opacity);
  },
  rgb() {
    var h = this.h % 360 + (this.h < 0) * 360, s = isNaN(h) || isNaN(this.s) ? 0 : this.s, l = this.l, m2 = l + (l < 0.5 ? l : 1 - l) * s, m1 = 2 * l - m2;
    return new Rgb(
      hsl2rgb(h >= 240 ? h - 240 : h + 120, m1, m2),
      hsl2rgb(h, m1, m2),
      hsl2rgb(h < 120 ? h + 240 : h - 120, m1, m2),
      this.opacity
    );
  },
  clamp() {
    return new Hsl(clamph(this.h), clampt(this.s), clampt(this.l), clampa(this.opacity));
  },
  displayable() {
    return (0 <= this.s && this.s <= 1 || isNaN(this.s)) && (0 <= this.l && this.l <= 1) && (0 <= this.opacity && this.opacity <= 1);
  },
  formatHsl() {
    const a = clampa(this.opacity);
    return `${a === 1 ? "hsl(" : "hsla("}${clamph(this.h)}, ${clampt(this.s) * 100}%, ${clampt(this.l) * 100}%${a === 1 ? ")" : `, ${a})`}`;
  }
}));
function clamph(value) {
  value = (value || 0) % 360;
  return value < 0 ? value + 360 : value;
}
function clampt(value) {
  return Math.max(0, Math.min(1, value || 0));
}
function hsl2rgb(h, m1, m2) {
  return (h < 60 ? m1 + (m2 - m1) * h / 60 : h < 180 ? m2 : h < 240 ? m1 + (m2 - m1) * (240 - h) / 60 : m1) * 255;
}
var radians = Math.PI / 180;
var degrees = 180 / Math.PI;
var K = 18;
var Xn = 0.96422;
var Yn = 1;
var Zn = 0.82521;
var t0 = 4 / 29;
var t1 = 6 / 29;
var t2 = 3 * t1 * t1;
var t3 = t1 * t1 * t1;
function labConvert(o) {
  if (o instanceof Lab) return new Lab(o.l, o.a, o.b, o.opacity);
  if (o instanceof Hcl) return hcl2lab(o);
  if (!(o instanceof Rgb)) o = rgbConvert(o);
  var r = rgb2lrgb(o.r), g = rgb2lrgb(o.g), b = rgb2lrgb(o.b), y2 = xyz2lab((0.2225045 * r + 0.7168786 * g + 0.0606169 * b) / Yn), x3, z;
  if (r === g && g === b) x3 = z = y2;
  else {
    x3 = xyz2lab((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / Xn);
    z = xyz2lab((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / Zn);
  }
  return new Lab(116 * y2 - 16, 500 * (x3 - y2), 200 * (y2 - z), o.opacity);
}
function lab(l, a, b, opacity) {
  return arguments.length === 1 ? labConvert(l) : new Lab(l, a, b, opacity == null ? 1 : opacity);
}
function Lab(l, a, b, opacity) {
  this.l = +l;
  this.a = +a;
  this.b = +b;
  this.opacity = +opacity;
}
define(Lab, lab, extend(Color, {
  brighter(k) {
    return new Lab(this.l + K * (k == null ? 1 : k), this.a, this.b, this.opacity);
  },
  darker(k) {
    return new Lab(this.l - K * (k == null ? 1 : k), this.a, this.b, this.opacity);
  },
  rgb() {
    var y2 = (this.l + 16) / 116, x3 = isNaN(this.a) ? y2 : y2 + this.a / 500, z = isNaN(this.b) ? y2 : y2 - this.b / 200;
    x3 = Xn * lab2xyz(x3);
    y2 = Yn * lab2xyz(y2);
    z = Zn * lab2xyz(z);
    return new Rgb(
      lrgb2rgb(3.1338561 * x3 - 1.6168667 * y2 - 0.4906146 * z),
      lrgb2rgb(-0.9787684 * x3 + 1.9161415 * y2 + 0.033454 * z),
      lrgb2rgb(0.0719453 * x3 - 0.2289914 * y2 + 1.4052427 * z),
      this.opacity
    );
  }
}));
function xyz2lab(t) {
  return t > t3 ? Math.pow(t, 1 / 3) : t / t2 + t0;
}
function lab2xyz(t) {
  return t > t1 ? t * t * t : t2 * (t - t0);
}
function lrgb2rgb(x3) {
  return 255 * (x3 <= 31308e-7 ? 12.92 * x3 : 1.055 * Math.pow(x3, 1 / 2.4) - 0.055);
}
function rgb2lrgb(x3) {
  return (x3 /= 255) <= 0.04045 ? x3 / 12.92 : Math.pow((x3 + 0.055) / 1.055, 2.4);
}
function hclConvert(o) {
  if (o instanceof Hcl) return new Hcl(o.h, o.c, o.l, o.opacity);
  if (!(o instanceof Lab)) o = labConvert(o);
  if (o.a === 0 && o.b === 0) return new Hcl(NaN, 0 < o.l && o.l < 100 ? 0 : NaN, o.l, o.opacity);
  var h = Math.atan2(o.b, o.a) * degrees;
  return new Hcl(h < 0 ? h + 360 : h, Math.sqrt(o.a * o.a + o.b * o.b), o.l, o.opacity);
}
function hcl(h, c, l, opacity) {
  return arguments.length === 1 ? hclConvert(h) : new Hcl(h, c, l, opacity == null ? 1 : opacity);
}
function Hcl(h, c, l, opacity) {
  this.h = +h;
  this.c = +c;
  this.l = +l;
  this.opacity = +opacity;
}
function hcl2lab(o) {
  if (isNaN(o.h)) return new Lab(o.l, 0, 0, o.opacity);
  var h = o.h * radians;
  return new Lab(o.l, Math.cos(h) * o.c, Math.sin(h) * o.c, o.opacity);
}
define(Hcl, hcl, extend(Color, {
  brighter(k) {
    return new Hcl(this.h, this.c, this.l + K * (k == null ? 1 : k), this.opacity);
  },
  darker(k) {
    return new Hcl(this.h, this.c, this.l - K * (k == null ? 1 : k), this.opacity);
  },
  rgb() {
    return hcl2lab(this).rgb();
  }
}));
var A = -0.14861;
var B = 1.78277;
var C = -0.29227;
var D = -0.90649;
var E = 1.97294;
var ED = E * D;
var EB = E * B;
var BC_DA = B * C - D * A;
function cubehelixConvert(o) {
  if (o instanceof Cubehelix) return new Cubehelix(o.h, o.s, o.l, o.opacity);
  if (!(o instanceof Rgb)) o = rgbConvert(o);
  var r = o.r / 255, g = o.g / 255, b = o.b / 255, l = (BC_DA * b + ED * r - EB * g) / (BC_DA + ED - EB), bl = b - l, k = (E * (g - l) - C * bl) / D, s = Math.sqrt(k * k + bl * bl) / (E * l * (1 - l)), h = s ? Math.atan2(k, bl) * degrees - 120 : NaN;
  return new Cubehelix(h < 0 ? h + 360 : h, s, l, o.opacity);
}
function cubehelix(h, s, l, opacity) {
  return arguments.length === 1 ? cubehelixConvert(h) : new Cubehelix(h, s, l, opacity == null ? 1 : opacity);
}
function Cubehelix(h, s, l, opacity) {
  this.h = +h;
  this.s = +s;
  this.l = +l;
  this.opacity = +opacity;
}
define(Cubehelix, cubehelix, extend(Color, {
  brighter(k) {
    k = k == null ? brighter : Math.pow(brighter, k);
    return new Cubehelix(this.h, this.s, this.l * k, this.opacity);
  },
  darker(k) {
    k = k == null ? darker : Math.pow(darker, k);
    return new Cubehelix(this.h, this.s, this.l * k, this.opacity);
  },
  rgb() {
    var h = isNaN(this.h) ? 0 : (this.h + 120) * radians, l = +this.l, a = isNaN(this.s) ? 0 : this.s * l * (1 - l), cosh = Math.cos(h), sinh = Math.sin(h);
    return new Rgb(
      255 * (l + a * (A * cosh + B * sinh)),
      255 * (l + a * (C * cosh + D * sinh)),
      255 * (l + a * (E * cosh)),
      this.opacity
    );
  }
}));

// node_modules/d3-interpolate/src/basis.js
function basis(t12, v0, v1, v2, v3) {
  var t22 = t12 * t12, t32 = t22 * t12;
  return ((1 - 3 * t12 + 3 * t22 - t32) * v0 + (4 - 6 * t22 + 3 * t32) * v1 + (1 + 3 * t12 + 3 * t22 - 3 * t32) * v2 + t32 * v3) / 6;
}
function basis_default(values) {
  var n = values.length - 1;
  return function(t) {
    var i2 = t <= 0 ? t = 0 : t >= 1 ? (t = 1, n - 1) : Math.floor(t * n), v1 = values[i2], v2 = values[i2 + 1], v0 = i2 > 0 ? values[i2 - 1] : 2 * v1 - v2, v3 = i2 < n - 1 ? values[i2 + 2] : 2 * v2 - v1;
    return basis((t - i2 / n) * n, v0, v1, v2, v3);
  };
}

// node_modules/d3-interpolate/src/basisClosed.js
function basisClosed_default(values) {
  var n = values.length;
  return function(t) {
    var i2 = Math.floor(((t %= 1) < 0 ? ++t : t) * n), v0 = values[(i2 + n - 1) % n], v1 = values[i2 % n], v2 = values[(i2 + 1) % n], v3 = values[(i2 + 2) % n];
    return basis((t - i2 / n) * n, v0, v1, v2, v3);
  };
}

// node_modules/d3-interpolate/src/constant.js
var constant_default = (x3) => () => x3;

// node_modules/d3-interpolate/src/color.js
function linear(a, d) {
  return function(t) {
    return a + t * d;
  };
}
function exponential(a, b, y2) {
  return a = Math.pow(a, y2), b = Math.pow(b, y2) - a, y2 = 1 / y2, function(t) {
    return Math.pow(a + t * b, y2);
  };
}
function gamma(y2) {
  return (y2 = +y2) === 1 ? nogamma : function(a, b) {
    return b - a ? exponential(a, b, y2) : constant_default(isNaN(a) ? b : a);
  };
}
function nogamma(a, b) {
  var d = b - a;
  return d ? linear(a, d) : constant_default(isNaN(a) ? b : a);
}

// node_modules/d3-interpolate/src/rgb.js
var rgb_default = (function rgbGamma(y2) {
  var color2 = gamma(y2);
  function rgb2(start, end) {
    var r = color2((start = rgb(start)).r, (end = rgb(end)).r), g = color2(start.g, end.g), b = color2(start.b, end.b), opacity = nogamma(start.opacity, end.opacity);
    return function(t) {
      start.r = r(t);
      start.g = g(t);
      start.b = b(t);
      start.opacity = opacity(t);
      return start + "";
    };
  }
  rgb2.gamma = rgbGamma;
  return rgb2;
})(1);
function rgbSpline(spline) {
  return function(colors) {
    var n = colors.length, r = new Array(n), g = new Array(n), b = new Array(n), i2, color2;
    for (i2 = 0; i2 < n; ++i2) {
      color2 = rgb(colors[i2]);
      r[i2] = color2.r || 0;
      g[i2] = color2.g || 0;
      b[i2] = color2.b || 0;
    }
    r = spline(r);
    g = spline(g);
    b = spline(b);
    color2.opacity = 1;
    return function(t) {
      color2.r = r(t);
      color2.g = g(t);
      color2.b = b(t);
      return color2 + "";
    };
  };
}
var rgbBasis = rgbSpline(basis_default);
var rgbBasisClosed = rgbSpline(basisClosed_default);

// node_modules/d3-interpolate/src/numberArray.js
function numberArray_default(a, b) {
  if (!b) b = [];
  var n = a ? Math.min(b.length, a.length) : 0, c = b.slice(), i2;
  return function(t) {
    for (i2 = 0; i2 < n; ++i2) c[i2] = a[i2] * (1 - t) + b[i2] * t;
    return c;
  };
}
function isNumberArray(x3) {
  return ArrayBuffer.isView(x3) && !(x3 instanceof DataView);
}

// node_modules/d3-interpolate/src/array.js
function genericArray(a, b) {
  var nb = b ? b.length : 0, na = a ? Math.min(nb, a.length) : 0, x3 = new Array(na), c = new Array(nb), i2;
  for (i2 = 0; i2 < na; ++i2) x3[i2] = value_default(a[i2], b[i2]);
  for (; i2 < nb; ++i2) c[i2] = b[i2];
  return function(t) {
    for (i2 = 0; i2 < na; ++i2) c[i2] = x3[i2](t);
    return c;
  };
}

// node_modules/d3-interpolate/src/date.js
function date_default(a, b) {
  var d = /* @__PURE__ */ new Date();
  return a = +a, b = +b, function(t) {
    return d.setTime(a * (1 - t) + b * t), d;
  };
}

// node_modules/d3-interpolate/src/number.js
function number_default(a, b) {
  return a = +a, b = +b, function(t) {
    return a * (1 - t) + b * t;
  };
}

// node_modules/d3-interpolate/src/object.js
function object_default(a, b) {
  var i2 = {}, c = {}, k;
  if (a === null || typeof a !== "object") a = {};
  if (b === null || typeof b !== "object") b = {};
  for (k in b) {
    if (k in a) {
      i2[k] = value_default(a[k], b[k]);
    } else {
      c[k] = b[k];
    }
  }
  return function(t) {
    for (k in i2) c[k] = i2[k](t);
    return c;
  };
}

// node_modules/d3-interpolate/src/string.js
var reA = /[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g;
var reB = new RegExp(reA.source, "g");
function zero(b) {
  return function() {
    return b;
  };
}
function one(b) {
  return function(t) {
    return b(t) + "";
  };
}
function string_default(a, b) {
  var bi = reA.lastIndex = reB.lastIndex = 0, am, bm, bs, i2 = -1, s = [], q = [];
  a = a + "", b = b + "";
  while ((am = reA.exec(a)) && (bm = reB.exec(b))) {
    if ((bs = bm.index) > bi) {
      bs = b.slice(bi, bs);
      if (s[i2]) s[i2] += bs;
      else s[++i2] = bs;
    }
    if ((am = am[0]) === (bm = bm[0])) {
      if (s[i2]) s[i2] += bm;
      else s[++i2] = bm;
    } else {
      s[++i2] = null;
      q.push({ i: i2, x: number_default(am, bm) });
    }
    bi = reB.lastIndex;
  }
  if (bi < b.length) {
    bs = b.slice(bi);
    if (s[i2]) s[i2] += bs;
    else s[++i2] = bs;
  }
  return s.length < 2 ? q[0] ? one(q[0].x) : zero(b) : (b = q.length, function(t) {
    for (var i3 = 0, o; i3 < b; ++i3) s[(o = q[i3]).i] = o.x(t);
    return s.join("");
  });
}

// node_modules/d3-interpolate/src/value.js
function value_default(a, b) {
  var t = typeof b, c;
  return b == null || t === "boolean" ? constant_default(b) : (t === "number" ? number_default : t === "string" ? (c = color(b)) ? (b = c, rgb_default) : string_default : b instanceof color ? rgb_default : b instanceof Date ? date_default : isNumberArray(b) ? numberArray_default : Array.isArray(b) ? genericArray : typeof b.valueOf !== "function" && typeof b.toString !== "function" || isNaN(b) ? object_default : number_default)(a, b);
}

// node_modules/d3-interpolate/src/round.js
function round_default(a, b) {
  return a = +a, b = +b, function(t) {
    return Math.round(a * (1 - t) + b * t);
  };
}

// node_modules/d3-interpolate/src/lab.js
function lab2(start, end) {
  var l = nogamma((start = lab(start)).l, (end = lab(end)).l), a = nogamma(start.a, end.a), b = nogamma(start.b, end.b), opacity = nogamma(start.opacity, end.opacity);
  return function(t) {
    start.l = l(t);
    start.a = a(t);
    start.b = b(t);
    start.opacity = opacity(t);
    return start + "";
  };
}

// node_modules/d3-interpolate/src/piecewise.js
function piecewise(interpolate, values) {
  if (values === void 0) values = interpolate, interpolate = value_default;
  var i2 = 0, n = values.length - 1, v = values[0], I = new Array(n < 0 ? 0 : n);
  while (i2 < n) I[i2] = interpolate(v, v = values[++i2]);
  return function(t) {
    var i3 = Math.max(0, Math.min(n - 1, Math.floor(t *= n)));
    return I[i3](t - i3);
  };
}

// headstream/views/shared/draw/color.ts
var STOPS = {
  light: {
    sequential: ["#fdfcf9", "#cfe0f1", "#74a7d8", "#2164ad", "#08306b"],
    diverging: ["#a34100", "#e08a45", "#f4f2ed", "#6aa3d8", "#0d4c96"],
    incoming: ["#fdfcf9", "#f9d9b4", "#eda45f", "#cc6515", "#8a3600"]
  },
  dark: {
    sequential: ["#15181d", "#1d3a5e", "#2f6bad", "#7db0e6", "#e0edff"],
    diverging: ["#ffb672", "#b9601c", "#262a30", "#2f6fb3", "#a6d0ff"],
    incoming: ["#15181d", "#4d2c10", "#a1541a", "#e89a52", "#ffe3c4"]
  }
};
var made = /* @__PURE__ */ new Map();
function ramp(theme, scale) {
  const name = `${theme} ${scale}`;
  const found = made.get(name) ?? rampOf(theme, scale);
  made.set(name, found);
  return found;
}
function rampOf(theme, scale) {
  const mix = piecewise(lab2, STOPS[theme][scale]);
  const rgb2 = new Uint8Array(256 * 3);
  for (let step = 0; step < 256; step++) {
    const channels = mix(step / 255).match(/\d+/g);
    rgb2.set(channels.map(Number), step * 3);
  }
  const colors = [];
  const inks = [];
  for (let step = 0; step < 256; step++) {
    const [r, g, b] = rgb2.subarray(3 * step, 3 * step + 3);
    colors.push(`rgb(${r}, ${g}, ${b})`);
    inks.push(luminance(r, g, b) > 0.179 ? "#000000" : "#ffffff");
  }
  const at = (t) => Math.round(255 * Math.min(1, Math.max(0, t)));
  return { rgb: rgb2, css: (t) => colors[at(t)], ink: (t) => inks[at(t)] };
}
function luminance(r, g, b) {
  const linear4 = (v) => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear4(r) + 0.7152 * linear4(g) + 0.0722 * linear4(b);
}
function themeOf(element2) {
  for (let node = element2; node; node = above(node)) {
    const channels = channelsOf(getComputedStyle(node).backgroundColor);
    if (channels && channels[3] > 0.5) return luminance(channels[0], channels[1], channels[2]) < 0.2 ? "dark" : "light";
  }
  return "light";
}
function above(node) {
  const root = node.getRootNode();
  return node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
function channelsOf(color2) {
  const found = /^(rgba?|color)\((?:[a-z][\w-]* )?([^)]*)\)$/.exec(color2);
  const numbers = found?.[2].match(/[\d.]+(?:e-?\d+)?%?/g)?.map((part) => {
    return part.endsWith("%") ? Number.parseFloat(part) / 100 : Number(part);
  });
  if (!found || !numbers || numbers.length < 3) return null;
  const full = found[1] === "color" ? 255 : 1;
  return [numbers[0] * full, numbers[1] * full, numbers[2] * full, numbers[3] ?? 1];
}

// headstream/views/shared/text/tokens.ts
var BYTES = /<0x([0-9A-F]{2})>/g;
var INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;
var RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
var isSpecial = (label) => /^<\|.*\|>$/.test(label);
function visible(label) {
  return plain(label).replaceAll(" ", "·");
}
var QUOTED = 48;
function quoted(label) {
  const text2 = shortened(plain(label), QUOTED);
  return RIGHT_TO_LEFT.test(text2) ? `‘⁨${text2}⁩’` : `‘${text2}’`;
}
function writeSentence(into, sentence2) {
  const parts = sentence2.split(/(‘ ?[^ ’]{1,13}’|' ?[^ ']{1,13}')/);
  into.replaceChildren(...parts.map((part, at) => at % 2 ? element("span", "hs-quoted", {}, part) : part));
}
function plain(label) {
  return label.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0);
    if (character === "\n") return "↵";
    if (character === "	") return "⇥";
    if (code < 32) return String.fromCharCode(9216 + code);
    if (code === 127) return "␡";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}
function shortened(text2, limit) {
  const characters = [...text2];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text2;
}
function running(labels) {
  const pieces = labels.map((label) => label.split(BYTES));
  const bytes = [];
  const texts2 = pieces.map((parts) => parts.slice());
  const flush = () => {
    joinCharacters(bytes, texts2);
    bytes.length = 0;
  };
  pieces.forEach((parts, token) => {
    parts.forEach((part, index) => {
      if (index % 2) bytes.push({ token, part: index, value: Number.parseInt(part, 16) });
      else if (part) flush();
    });
  });
  flush();
  return texts2.map((parts) => parts.join(""));
}
function joinCharacters(bytes, texts2) {
  let start = 0;
  while (start < bytes.length) {
    const first = bytes[start].value;
    const length = first >= 240 ? 4 : first >= 224 ? 3 : first >= 192 ? 2 : 1;
    const run = bytes.slice(start, start + length);
    let character;
    try {
      character = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
        Uint8Array.from(run, (b) => b.value)
      );
    } catch {
      character = void 0;
    }
    if (character === void 0) {
      const { token, part, value } = bytes[start];
      texts2[token][part] = `<0x${value.toString(16).toUpperCase().padStart(2, "0")}>`;
      start += 1;
    } else {
      for (const { token, part } of run) texts2[token][part] = "";
      texts2[run[0].token][run[0].part] = character;
      start += length;
    }
  }
}

// node_modules/fflate/esm/browser.js
var u8 = Uint8Array;
var u16 = Uint16Array;
var i32 = Int32Array;
var fleb = new u8([
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  3,
  3,
  3,
  3,
  4,
  4,
  4,
  4,
  5,
  5,
  5,
  5,
  0,
  /* unused */
  0,
  0,
  /* impossible */
  0
]);
var fdeb = new u8([
  0,
  0,
  0,
  0,
  1,
  1,
  2,
  2,
  3,
  3,
  4,
  4,
  5,
  5,
  6,
  6,
  7,
  7,
  8,
  8,
  9,
  9,
  10,
  10,
  11,
  11,
  12,
  12,
  13,
  13,
  /* unused */
  0,
  0
]);
var clim = new u8([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
var freb = function(eb, start) {
  var b = new u16(31);
  for (var i2 = 0; i2 < 31; ++i2) {
    b[i2] = start += 1 << eb[i2 - 1];
  }
  var r = new i32(b[30]);
  for (var i2 = 1; i2 < 30; ++i2) {
    for (var j = b[i2]; j < b[i2 + 1]; ++j) {
      r[j] = j - b[i2] << 5 | i2;
    }
  }
  return { b, r };
};
var _a = freb(fleb, 2);
var fl = _a.b;
var revfl = _a.r;
fl[28] = 258, revfl[258] = 28;
var _b = freb(fdeb, 0);
var fd = _b.b;
var revfd = _b.r;
var rev = new u16(32768);
for (i = 0; i < 32768; ++i) {
  x = (i & 43690) >> 1 | (i & 21845) << 1;
  x = (x & 52428) >> 2 | (x & 13107) << 2;
  x = (x & 61680) >> 4 | (x & 3855) << 4;
  rev[i] = ((x & 65280) >> 8 | (x & 255) << 8) >> 1;
}
var x;
var i;
var hMap = (function(cd, mb, r) {
  var s = cd.length;
  var i2 = 0;
  var l = new u16(mb);
  for (; i2 < s; ++i2) {
    if (cd[i2])
      ++l[cd[i2] - 1];
  }
  var le = new u16(mb);
  for (i2 = 1; i2 < mb; ++i2) {
    le[i2] = le[i2 - 1] + l[i2 - 1] << 1;
  }
  var co;
  if (r) {
    co = new u16(1 << mb);
    var rvb = 15 - mb;
    for (i2 = 0; i2 < s; ++i2) {
      if (cd[i2]) {
        var sv = i2 << 4 | cd[i2];
        var r_1 = mb - cd[i2];
        var v = le[cd[i2] - 1]++ << r_1;
        for (var m = v | (1 << r_1) - 1; v <= m; ++v) {
          co[rev[v] >> rvb] = sv;
        }
      }
    }
  } else {
    co = new u16(s);
    for (i2 = 0; i2 < s; ++i2) {
      if (cd[i2]) {
        co[i2] = rev[le[cd[i2] - 1]++] >> 15 - cd[i2];
      }
    }
  }
  return co;
});
var flt = new u8(288);
for (i = 0; i < 144; ++i)
  flt[i] = 8;
var i;
for (i = 144; i < 256; ++i)
  flt[i] = 9;
var i;
for (i = 256; i < 280; ++i)
  flt[i] = 7;
var i;
for (i = 280; i < 288; ++i)
  flt[i] = 8;
var i;
var fdt = new u8(32);
for (i = 0; i < 32; ++i)
  fdt[i] = 5;
var i;
var flrm = /* @__PURE__ */ hMap(flt, 9, 1);
var fdrm = /* @__PURE__ */ hMap(fdt, 5, 1);
var max = function(a) {
  var m = a[0];
  for (var i2 = 1; i2 < a.length; ++i2) {
    if (a[i2] > m)
      m = a[i2];
  }
  return m;
};
var bits = function(d, p, m) {
  var o = p / 8 | 0;
  return (d[o] | d[o + 1] << 8) >> (p & 7) & m;
};
var bits16 = function(d, p) {
  var o = p / 8 | 0;
  return (d[o] | d[o + 1] << 8 | d[o + 2] << 16) >> (p & 7);
};
var shft = function(p) {
  return (p + 7) / 8 | 0;
};
var slc = function(v, s, e) {
  if (s == null || s < 0)
    s = 0;
  if (e == null || e > v.length)
    e = v.length;
  return new u8(v.subarray(s, e));
};
var ec = [
  "unexpected EOF",
  "invalid block type",
  "invalid length/literal",
  "invalid distance",
  "stream finished",
  "no stream handler",
  ,
  // determined by compression function
  "no callback",
  "invalid UTF-8 data",
  "extra field too long",
  "date not in range 1980-2099",
  "filename too long",
  "stream finishing",
  "invalid zip data"
  // determined by unknown compression method
];
var err = function(ind, msg, nt) {
  var e = new Error(msg || ec[ind]);
  e.code = ind;
  if (Error.captureStackTrace)
    Error.captureStackTrace(e, err);
  if (!nt)
    throw e;
  return e;
};
var inflt = function(dat, st, buf, dict) {
  var sl = dat.length, dl = dict ? dict.length : 0;
  if (!sl || st.f && !st.l)
    return buf || new u8(0);
  var noBuf = !buf;
  var resize = noBuf || st.i != 2;
  var noSt = st.i;
  if (noBuf)
    buf = new u8(sl * 3);
  var cbuf = function(l2) {
    var bl = buf.length;
    if (l2 > bl) {
      var nbuf = new u8(Math.max(bl * 2, l2));
      nbuf.set(buf);
      buf = nbuf;
    }
  };
  var final = st.f || 0, pos = st.p || 0, bt = st.b || 0, lm = st.l, dm = st.d, lbt = st.m, dbt = st.n;
  var tbts = sl * 8;
  do {
    if (!lm) {
      final = bits(dat, pos, 1);
      var type = bits(dat, pos + 1, 3);
      pos += 3;
      if (!type) {
        var s = shft(pos) + 4, l = dat[s - 4] | dat[s - 3] << 8, t = s + l;
        if (t > sl) {
          if (noSt)
            err(0);
          break;
        }
        if (resize)
          cbuf(bt + l);
        buf.set(dat.subarray(s, t), bt);
        st.b = bt += l, st.p = pos = t * 8, st.f = final;
        continue;
      } else if (type == 1)
        lm = flrm, dm = fdrm, lbt = 9, dbt = 5;
      else if (type == 2) {
        var hLit = bits(dat, pos, 31) + 257, hcLen = bits(dat, pos + 10, 15) + 4;
        var tl = hLit + bits(dat, pos + 5, 31) + 1;
        pos += 14;
        var ldt = new u8(tl);
        var clt = new u8(19);
        for (var i2 = 0; i2 < hcLen; ++i2) {
          clt[clim[i2]] = bits(dat, pos + i2 * 3, 7);
        }
        pos += hcLen * 3;
        var clb = max(clt), clbmsk = (1 << clb) - 1;
        var clm = hMap(clt, clb, 1);
        for (var i2 = 0; i2 < tl; ) {
          var r = clm[bits(dat, pos, clbmsk)];
          pos += r & 15;
          var s = r >> 4;
          if (s < 16) {
            ldt[i2++] = s;
          } else {
            var c = 0, n = 0;
            if (s == 16)
              n = 3 + bits(dat, pos, 3), pos += 2, c = ldt[i2 - 1];
            else if (s == 17)
              n = 3 + bits(dat, pos, 7), pos += 3;
            else if (s == 18)
              n = 11 + bits(dat, pos, 127), pos += 7;
            while (n--)
              ldt[i2++] = c;
          }
        }
        var lt = ldt.subarray(0, hLit), dt = ldt.subarray(hLit);
        lbt = max(lt);
        dbt = max(dt);
        lm = hMap(lt, lbt, 1);
        dm = hMap(dt, dbt, 1);
      } else
        err(1);
      if (pos > tbts) {
        if (noSt)
          err(0);
        break;
      }
    }
    if (resize)
      cbuf(bt + 131072);
    var lms = (1 << lbt) - 1, dms = (1 << dbt) - 1;
    var lpos = pos;
    for (; ; lpos = pos) {
      var c = lm[bits16(dat, pos) & lms], sym = c >> 4;
      pos += c & 15;
      if (pos > tbts) {
        if (noSt)
          err(0);
        break;
      }
      if (!c)
        err(2);
      if (sym < 256)
        buf[bt++] = sym;
      else if (sym == 256) {
        lpos = pos, lm = null;
        break;
      } else {
        var add = sym - 254;
        if (sym > 264) {
          var i2 = sym - 257, b = fleb[i2];
          add = bits(dat, pos, (1 << b) - 1) + fl[i2];
          pos += b;
        }
        var d = dm[bits16(dat, pos) & dms], dsym = d >> 4;
        if (!d)
          err(3);
        pos += d & 15;
        var dt = fd[dsym];
        if (dsym > 3) {
          var b = fdeb[dsym];
          dt += bits16(dat, pos) & (1 << b) - 1, pos += b;
        }
        if (pos > tbts) {
          if (noSt)
            err(0);
          break;
        }
        if (resize)
          cbuf(bt + 131072);
        var end = bt + add;
        if (bt < dt) {
          var shift = dl - dt, dend = Math.min(dt, end);
          if (shift + bt < 0)
            err(3);
          for (; bt < dend; ++bt)
            buf[bt] = dict[shift + bt];
        }
        for (; bt < end; ++bt)
          buf[bt] = buf[bt - dt];
      }
    }
    st.l = lm, st.p = lpos, st.b = bt, st.f = final;
    if (lm)
      final = 1, st.m = lbt, st.d = dm, st.n = dbt;
  } while (!final);
  return bt != buf.length && noBuf ? slc(buf, 0, bt) : buf.subarray(0, bt);
};
var et = /* @__PURE__ */ new u8(0);
var Inflate = /* @__PURE__ */ (function() {
  function Inflate2(opts, cb) {
    if (typeof opts == "function")
      cb = opts, opts = {};
    this.ondata = cb;
    var dict = opts && opts.dictionary && opts.dictionary.subarray(-32768);
    this.s = { i: 0, b: dict ? dict.length : 0 };
    this.o = new u8(32768);
    this.p = new u8(0);
    if (dict)
      this.o.set(dict);
  }
  Inflate2.prototype.e = function(c) {
    if (!this.ondata)
      err(5);
    if (this.d)
      err(4);
    if (!this.p.length)
      this.p = c;
    else if (c.length) {
      var n = new u8(this.p.length + c.length);
      n.set(this.p), n.set(c, this.p.length), this.p = n;
    }
  };
  Inflate2.prototype.c = function(final) {
    this.s.i = +(this.d = final || false);
    var bts = this.s.b;
    var dt = inflt(this.p, this.s, this.o);
    this.ondata(slc(dt, bts, this.s.b), this.d);
    this.o = slc(dt, this.s.b - 32768), this.s.b = this.o.length;
    this.p = slc(this.p, this.s.p / 8 | 0), this.s.p &= 7;
  };
  Inflate2.prototype.push = function(chunk, final) {
    this.e(chunk), this.c(final);
  };
  return Inflate2;
})();
var td = typeof TextDecoder != "undefined" && /* @__PURE__ */ new TextDecoder();
var tds = 0;
try {
  td.decode(et, { stream: true });
  tds = 1;
} catch (e) {
}

// headstream/views/shared/wire/arrays.ts
var MOST_DEFLATED = 1032;
var LARGE = 2 ** 17;
var Damaged = class extends Error {
};
var BYTES2 = { uint8: 1, uint16: 2, int32: 4, float16: 2, float32: 4 };
function halfToFloat(bits2) {
  const sign = bits2 & 32768 ? -1 : 1;
  const exponent2 = bits2 >> 10 & 31;
  const fraction = bits2 & 1023;
  if (exponent2 === 0) return sign * fraction * 2 ** -24;
  if (exponent2 === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent2 - 15);
}
function decode(value, name, dtypes, axes2) {
  const { shape, dtype, scale, bytes } = received(value, name, dtypes, axes2);
  return { shape, data: typed(bytes, dtype, scale), half: dtype === "float16" };
}
function received(value, name, dtypes, axes2) {
  const wire = value;
  if (typeof wire !== "object" || wire === null) throw new Damaged(`${name}: expected an array, got ${shown(value)}`);
  const { dtype, shape, scale, deflated, data } = wire;
  if (!dtypes.includes(dtype)) throw new Damaged(`${name}: expected ${dtypes.join(" or ")}, got ${shown(dtype)}`);
  const counts = Array.isArray(shape) && shape.every((size2) => Number.isInteger(size2) && size2 >= 0);
  if (!counts || shape.length !== axes2) throw new Damaged(`${name}: expected ${axes2} axes, got shape ${shown(shape)}`);
  if (!(data instanceof DataView)) throw new Damaged(`${name}: its bytes are missing`);
  const size = shape.reduce((product, count2) => product * count2, 1);
  const wanted = size * BYTES2[dtype];
  const fits2 = deflated ? wanted <= MOST_DEFLATED * data.byteLength : wanted === data.byteLength;
  if (!fits2 || shape.some((count2) => count2 > Math.max(1, size))) {
    const came = deflated ? `${data.byteLength} deflated` : data.byteLength;
    throw new Damaged(`${name}: ${dtype} of shape [${shape}] takes ${wanted} bytes, ${came} came`);
  }
  const sent = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bytes = deflated ? inflated(sent, wanted, name) : sent.slice();
  return { shape, dtype, scale, bytes: bytes.buffer };
}
function inflatedAhead(value) {
  const wire = value;
  const isLarge = wire?.deflated && wire.data instanceof DataView && wire.data.byteLength >= LARGE;
  return isLarge ? natively(wire).catch(() => value) : null;
}
async function natively(wire) {
  const { shape, dtype, data } = wire;
  const wanted = shape.reduce((product, count2) => product * count2, BYTES2[dtype]);
  if (!(wanted <= MOST_DEFLATED * data.byteLength)) return wire;
  const bytes = new Uint8Array(wanted);
  const sent = new ReadableStream({
    start(stream) {
      stream.enqueue(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      stream.close();
    }
  });
  const reader2 = sent.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  for (let piece = await reader2.read(); !piece.done; piece = await reader2.read()) {
    bytes.set(piece.value, at);
    at += piece.value.length;
  }
  return at === wanted ? { ...wire, deflated: false, data: new DataView(bytes.buffer) } : wire;
}
function inflated(sent, wanted, name) {
  let at = 0;
  let bytes;
  const stream = new Inflate((piece) => {
    if (at + piece.length > wanted) throw new Damaged(`${name}: it inflates to more than ${wanted} bytes`);
    bytes.set(piece, at);
    at += piece.length;
  });
  const step = Math.min(2 ** 17, Math.max(2 ** 11, wanted >> 6));
  try {
    bytes = new Uint8Array(wanted);
    for (let start = 0; start < sent.length; start += step) {
      stream.push(sent.subarray(start, start + step), start + step >= sent.length);
    }
  } catch (error) {
    throw error instanceof Damaged ? error : new Damaged(`${name}: its bytes cannot be inflated`);
  }
  if (at < wanted) throw new Damaged(`${name}: it inflates to ${at} bytes instead of ${wanted}`);
  return bytes;
}
function numbersOf(length, value) {
  const out = new Float32Array(length);
  for (let i2 = 0; i2 < length; i2++) out[i2] = value(i2);
  return out;
}
var PROBABILITIES = numbersOf(256, (byte) => (byte / 255) ** 2);
function typed(bytes, dtype, scale) {
  switch (dtype) {
    case "uint8": {
      const codes = new Uint8Array(bytes);
      return scale === "sqrt" ? numbersOf(codes.length, (at) => PROBABILITIES[codes[at]]) : codes;
    }
    case "uint16":
      return new Uint16Array(bytes);
    case "int32":
      return new Int32Array(bytes);
    case "float32":
      return new Float32Array(bytes);
    case "float16": {
      const codes = new Uint16Array(bytes);
      return numbersOf(codes.length, (at) => halfToFloat(codes[at]));
    }
  }
}
function shown(value) {
  const text2 = typeof value === "string" ? `'${value}'` : JSON.stringify(value) ?? String(value);
  return text2.length > 60 ? `one ${typeof value}` : text2;
}

// headstream/views/shared/wire/readers.ts
function reader(expected, fits2) {
  return (value, name) => {
    if (!fits2(value)) throw new Damaged(`${name}: expected ${expected}, got ${shown(value)}`);
    return value;
  };
}
var isText = (value) => typeof value === "string";
var isWhole = (value) => Number.isInteger(value);
var text = reader("a text", isText);
var flag = reader("true or false", (value) => typeof value === "boolean");
var whole = reader("a whole number", isWhole);
var number = reader("a number", (value) => Number.isFinite(value));
var texts = reader(
  "a list of texts",
  (value) => Array.isArray(value) && value.every(isText)
);
var wholes = reader(
  "a list of whole numbers",
  (value) => Array.isArray(value) && value.every(isWhole)
);
var vocabulary = reader(
  "texts by token id",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText)
);
function oneOf(...values) {
  return reader(values.join(" or "), (value) => values.includes(value));
}
function array(dtypes, axes2) {
  const allowed = typeof dtypes === "string" ? [dtypes] : dtypes;
  return (value, name) => decode(value, name, allowed, axes2);
}
function fits(name, shape, expected) {
  if (shape.length !== expected.length || shape.some((size, axis) => size !== expected[axis])) {
    throw new Damaged(`${name}: expected shape [${expected}], got [${shape}]`);
  }
}

// headstream/views/shared/frame/focus.ts
function keepingFocus(root, change) {
  const tree = root.getRootNode();
  const before = tree.activeElement;
  const key = root.contains(before) ? before?.closest("[data-key]")?.dataset.key : void 0;
  change();
  if (key === void 0 || before?.isConnected && tree.activeElement === before) return;
  root.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

// headstream/views/shared/frame/layout.ts
var LAID_OUT = "headstream:laid-out";
var waiting = /* @__PURE__ */ new Set();
var observer = null;
function afterLayout(run) {
  waiting.add(run);
  observer ??= observing();
  observer.observe(document.documentElement);
}
function observing() {
  document.addEventListener(LAID_OUT, runAll);
  return new ResizeObserver((_, observed) => {
    observed.disconnect();
    runAll();
  });
}
function runAll() {
  const runs = [...waiting];
  waiting.clear();
  for (const run of runs) run();
}

// headstream/views/shared/frame/lecture.ts
var NORMAL = 13;
var LARGE2 = 22;
var AROUND = { "--jp-code-font-size": 1, "--jp-content-font-size1": 1, "--jp-cell-prompt-width": 5 };
var NARROWEST = 68;
var SharedLecture = class {
  constructor(owner, host, signal, changed) {
    this.owner = owner;
    this.host = host;
    this.signal = signal;
    this.changed = changed;
  }
  owner;
  host;
  signal;
  changed;
  model = null;
  /** Resolves when the model has been found, or is known to be missing: then the view's own size is all there is. */
  async follow() {
    let model;
    try {
      model = await this.host.getModel(this.owner.get("lecture"));
    } catch {
      return;
    }
    if (this.signal.aborted) return;
    this.model = model;
    model.on("change:font_size", this.changed);
    this.signal.addEventListener("abort", () => model.off("change:font_size", this.changed));
    if (this.least) this.changed();
  }
  get least() {
    return this.model?.get("font_size") ?? 0;
  }
  /** The size of a view's type, whose own is given. */
  fontSize(own) {
    return Math.max(own, this.least);
  }
  /** What the notebook around a view prints is as large as the views, where a hundred characters of it fit on a line. */
  sizeAround(view) {
    const notebook = view.closest(".jp-Notebook");
    if (!notebook || !this.model) return;
    const fitting = Math.floor(notebook.clientWidth / NARROWEST);
    const size = Math.max(NORMAL, Math.min(this.least, fitting));
    const large = this.least > NORMAL;
    notebook.toggleAttribute("data-hs-lecture", large);
    for (const [name, times] of Object.entries(AROUND)) {
      const wanted = large ? `${times * size}px` : "";
      if (notebook.style.getPropertyValue(name) !== wanted) notebook.style.setProperty(name, wanted);
    }
  }
  /** For the whole notebook; for this view where it stands alone. */
  toggle() {
    if (this.model) this.model.set("font_size", this.least ? null : LARGE2);
    else this.owner.set("font_size", this.owner.get("font_size") >= LARGE2 ? NORMAL : LARGE2);
    (this.model ?? this.owner).save_changes();
  }
};

// headstream/views/shared/parts/controls.ts
var bound = (frame) => frame;
function select(frame, trait, name, options) {
  const { traits, set } = bound(frame);
  const list = element("select", "hs-select", { "aria-label": name, "data-key": trait });
  list.append(...Object.entries(options).map(([value, label]) => element("option", "", { value }, label)));
  list.addEventListener("change", () => set({ [trait]: list.value }));
  return {
    root: element("label", "hs-choice", {}, element("span", "hs-quiet", {}, name), list),
    update() {
      list.value = String(traits[trait]);
    }
  };
}
var STEP = 250;
function player(key, { label, count: count2, at, go, format: format2 }, signal) {
  const input = element("input", "hs-slider", { type: "range", "aria-label": label, "data-key": key, min: 0, step: 1 });
  const output = element("output", "hs-number");
  const track = element("label", "hs-choice", {}, element("span", "hs-quiet", {}, label), input, output);
  const button = element("button", "hs-button", { type: "button", "data-key": `${key}-play` });
  button.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let timer = 0;
  const show = () => {
    button.textContent = timer ? "Pause" : "Play";
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    show();
  };
  input.addEventListener("input", () => {
    stop();
    go(Number(input.value));
  });
  button.addEventListener("click", () => {
    if (timer) return stop();
    let index = at();
    if (index === count2() - 1) {
      index = 0;
      go(index);
    }
    timer = window.setInterval(() => {
      index = Math.min(count2() - 1, index + 1);
      go(index);
      if (index === count2() - 1) stop();
    }, STEP);
    show();
  });
  signal.addEventListener("abort", stop);
  show();
  return {
    root: element("span", "hs-choice hs-player", {}, button, track),
    update() {
      input.max = String(count2() - 1);
      input.value = String(at());
      output.textContent = format2(at());
      input.setAttribute("aria-valuetext", output.textContent);
    }
  };
}
function action(label, name, run) {
  const word = /\p{L}/u.test(label) && !name.toLowerCase().includes(label.toLowerCase());
  const spoken = word ? `${label}: ${name}` : name;
  const attributes = { type: "button", "aria-label": spoken, title: name, "data-key": `action-${name}` };
  const button = element("button", "hs-button", attributes, label);
  button.addEventListener("click", run);
  return button;
}

// headstream/views/shared/frame/save.ts
var PAINTED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "paint-order",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor"
];
var MARGIN = 12;
function toSvg(root, background) {
  const inner = root.getBoundingClientRect();
  const frame = new DOMRect(inner.x - MARGIN, inner.y - MARGIN, inner.width + 2 * MARGIN, inner.height + 2 * MARGIN);
  const out = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width: frame.width,
    height: frame.height,
    viewBox: `0 0 ${frame.width} ${frame.height}`
  });
  out.append(svg("rect", { width: frame.width, height: frame.height, fill: background }));
  copy(root, out, frame, frame);
  return out;
}
function seen(box, sight) {
  const [x3, y2] = [Math.max(box.left, sight.left), Math.max(box.top, sight.top)];
  return new DOMRect(x3, y2, Math.min(box.right, sight.right) - x3, Math.min(box.bottom, sight.bottom) - y2);
}
function copy(node, out, frame, around) {
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || box.width === 0 || box.height === 0) return;
  if (node.hasAttribute("data-hs-unsaved")) return;
  const left = seen(box, around);
  if (left.width <= 0 || left.height <= 0) return;
  if (node instanceof HTMLCanvasElement && left.width * left.height < 0.5 * box.width * box.height) return;
  const sight = style.overflowY === "visible" ? around : left;
  const x3 = box.left - frame.left;
  const y2 = box.top - frame.top;
  if (node instanceof HTMLCanvasElement) {
    const href = node.toDataURL("image/png");
    const place = { x: x3, y: y2, width: box.width, height: box.height, preserveAspectRatio: "none" };
    out.append(
      svg("image", { ...place, href, opacity: style.opacity, style: `image-rendering:${style.imageRendering}` })
    );
    return;
  }
  if (node instanceof SVGSVGElement) {
    const copied = node.cloneNode(true);
    const originals = node.querySelectorAll("*");
    copied.querySelectorAll("*").forEach((child, index) => {
      const computed = getComputedStyle(originals[index]);
      for (const name of PAINTED) child.setAttribute(name, computed.getPropertyValue(name));
      child.removeAttribute("style");
    });
    for (const [name, value] of Object.entries({ x: x3, y: y2, width: box.width, height: box.height })) {
      copied.setAttribute(name, String(value));
    }
    out.append(copied);
    return;
  }
  paintBox(style, x3, y2, box, out);
  for (const child of node.childNodes) {
    if (child instanceof Element) copy(child, out, frame, sight);
    else if (child instanceof Text) paintText(child, style, out, frame, sight);
  }
}
function paintBox(style, x3, y2, box, out) {
  const filled2 = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  if (filled2) {
    out.append(svg("rect", { x: x3, y: y2, width: box.width, height: box.height, rx: radius, fill: style.backgroundColor }));
  }
  const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const sides = [
    [style.borderTopWidth, style.borderTopStyle, style.borderTopColor, x3, y2, x3 + box.width, y2],
    [
      style.borderBottomWidth,
      style.borderBottomStyle,
      style.borderBottomColor,
      x3,
      y2 + box.height,
      x3 + box.width,
      y2 + box.height
    ],
    [style.borderLeftWidth, style.borderLeftStyle, style.borderLeftColor, x3, y2, x3, y2 + box.height],
    [
      style.borderRightWidth,
      style.borderRightStyle,
      style.borderRightColor,
      x3 + box.width,
      y2,
      x3 + box.width,
      y2 + box.height
    ]
  ];
  for (const [width, kind, stroke, x1, y1, x22, y22] of sides) {
    if (kind !== "none" && Number.parseFloat(width) > 0)
      out.append(svg("line", { x1, y1, x2: x22, y2: y22, stroke, "stroke-width": width }));
  }
  if (outlined) {
    const attributes = {
      x: x3,
      y: y2,
      width: box.width,
      height: box.height,
      rx: radius,
      fill: "none",
      stroke: style.outlineColor
    };
    out.append(svg("rect", { ...attributes, "stroke-width": style.outlineWidth }));
  }
}
function paintText(text2, style, out, frame, sight) {
  for (const { content, left, baseline } of lines(text2, Number.parseFloat(style.fontSize))) {
    if (baseline < sight.top || baseline > sight.bottom) continue;
    const attributes = {
      x: left - frame.left,
      y: baseline - frame.top,
      ...filled(style.color),
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
      "font-style": style.fontStyle,
      "xml:space": "preserve"
    };
    out.append(svg("text", attributes, content));
  }
}
function filled(color2) {
  const [red, green, blue, alpha] = channelsOf(color2) ?? [0, 0, 0, 1];
  const fill2 = `rgb(${[red, green, blue].map(Math.round).join(", ")})`;
  return { fill: fill2, "fill-opacity": alpha < 1 ? alpha : void 0 };
}
function lines(text2, fontSize) {
  const result = [];
  const range = document.createRange();
  let offset = 0;
  for (const character of text2.data) {
    range.setStart(text2, offset);
    offset += character.length;
    range.setEnd(text2, offset);
    const box = range.getClientRects()[0];
    if (!box || box.width === 0) continue;
    const last = result.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) last.content += character;
    else
      result.push({
        content: character,
        left: box.left,
        top: box.top,
        baseline: box.top + box.height / 2 + 0.34 * fontSize
      });
  }
  return result;
}
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
}
function source(root, background) {
  const text2 = new XMLSerializer().serializeToString(toSvg(root, background));
  return text2.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "�");
}
function saveSvg(root, background, name) {
  download(new Blob([source(root, background)], { type: "image/svg+xml" }), `${name}.svg`);
}
async function savePng(root, background, name) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source(root, background))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve));
  if (blob) download(blob, `${name}.png`);
}

// headstream/views/shared/frame/menu.ts
function menu(traits, lecture, root, figure, name) {
  const background = () => getComputedStyle(root).getPropertyValue("--hs-paper").trim();
  const list = element(
    "div",
    "hs-menu-list",
    {},
    action("Lecture size", "Larger or normal type in the whole notebook", () => lecture.toggle()),
    action("Whole view", "The whole view, or no more than the window holds", () => {
      traits.set({ whole: !traits.now.whole });
    }),
    action("Save as SVG", "Save the picture as SVG", () => saveSvg(figure, background(), name)),
    action("Save as PNG", "Save the picture as PNG", () => void savePng(figure, background(), name))
  );
  const summary = element("summary", "hs-button", { "aria-label": "More", "data-key": "menu" }, "⋯");
  const details = element("details", "hs-menu", {}, summary, list);
  details.addEventListener("focusout", (event) => {
    if (!details.contains(event.relatedTarget)) details.open = false;
  });
  list.addEventListener("click", () => {
    details.open = false;
  });
  return details;
}

// headstream/views/shared/frame/room.ts
var BEGINS = { little: 0, some: 24, much: 44, plenty: 60 };
function roomFor(width, fontSize) {
  const ems = width / fontSize;
  return ems < BEGINS.some ? "little" : ems < BEGINS.much ? "some" : ems < BEGINS.plenty ? "much" : "plenty";
}

// headstream/views/shared/selection.json
var selection_default = {
  layer: "the block",
  head: "a head of it",
  position: "the place where the stream is read, and from which a head attends (the query)",
  key: "the source position that a head attends to",
  token: "a vocabulary id",
  feature: "a feature's number in its dictionary",
  step: "a step of training",
  to_layer: "the block at the second end of an edge",
  to_head: "the head at the second end of an edge"
};

// headstream/views/shared/frame/selection.ts
var FIELDS = Object.keys(selection_default);
var EMPTY = Object.fromEntries(FIELDS.map((field) => [field, null]));
var PREVIEW = "headstream:preview";
function ownPins(changed) {
  const kept = { ...EMPTY };
  return {
    get: (field) => kept[field],
    set: (field, value) => {
      kept[field] = value;
    },
    save_changes: changed
  };
}
var SharedSelection = class {
  constructor(owner, host, signal, changed, sizes = {}) {
    this.owner = owner;
    this.host = host;
    this.signal = signal;
    this.changed = changed;
    this.sizes = sizes;
    this.pins = ownPins(() => this.schedule());
    const listen = (event) => {
      const { ref, part } = event.detail;
      if (ref !== this.owner.get("selection")) return;
      this.hover = part;
      this.schedule();
    };
    document.addEventListener(PREVIEW, listen, { signal });
    owner.on("change:selection", this.follow);
    signal.addEventListener("abort", () => {
      cancelAnimationFrame(this.frame);
      owner.off("change:selection", this.follow);
      this.unfollow();
    });
  }
  owner;
  host;
  signal;
  changed;
  sizes;
  model = null;
  pins;
  hover = null;
  frame = 0;
  generation = 0;
  /** Resolves when the selection's model has been found, or is known to be missing: then pins stay in this view. */
  follow = async () => {
    this.generation += 1;
    const generation = this.generation;
    let model;
    try {
      model = await this.host.getModel(this.owner.get("selection"));
    } catch {
      model = null;
    }
    if (generation !== this.generation || this.signal.aborted) return;
    this.unfollow();
    this.model = model;
    this.pins = model ?? ownPins(() => this.schedule());
    for (const field of FIELDS) model?.on(`change:${field}`, this.schedule);
    this.hover = null;
    this.schedule();
  };
  unfollow() {
    for (const field of FIELDS) this.model?.off(`change:${field}`, this.schedule);
    this.model = null;
  }
  schedule = () => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.changed();
    });
  };
  /** Whether a change is still to be shown. */
  get pending() {
    return this.frame !== 0;
  }
  inRange(selection) {
    const result = { ...selection };
    for (const field of FIELDS) {
      const value = result[field];
      const size = this.sizes[field];
      if (value !== null && size !== void 0 && !(value >= 0 && value < size)) result[field] = null;
    }
    return result;
  }
  /** What is pinned. */
  pinned() {
    const result = { ...EMPTY };
    for (const field of FIELDS) result[field] = this.pins.get(field) ?? null;
    return this.inRange(result);
  }
  /** What is shown: the preview where there is one, else what is pinned. */
  current() {
    const pinned = this.pinned();
    if (!this.hover) return pinned;
    const merged = this.inRange({ ...EMPTY, ...this.hover });
    for (const field of FIELDS) {
      const given = this.hover[field];
      if (given === void 0 || given !== null && merged[field] === null) merged[field] = pinned[field];
    }
    return merged;
  }
  get previewing() {
    return this.hover !== null;
  }
  preview(part) {
    const detail = { ref: this.owner.get("selection"), part };
    document.dispatchEvent(new CustomEvent(PREVIEW, { detail }));
  }
  pin(part) {
    for (const field of FIELDS) {
      const value = part[field];
      if (value !== void 0) this.pins.set(field, value);
    }
    this.pins.save_changes();
    this.preview(null);
  }
  clear() {
    this.pin(EMPTY);
  }
};

// headstream/views/shared/frame/sight.ts
var AROUND2 = 40;
var TALL = "100000px";
function scrollerOf(element2) {
  const boxes = [];
  for (let node = above(element2); node && node !== document.body; node = above(node)) {
    if (/auto|scroll/.test(getComputedStyle(node).overflowY)) boxes.push(node);
  }
  const before = boxes.map((box) => box.clientHeight);
  element2.style.minHeight = TALL;
  const fixed2 = boxes.filter((box, index) => box.clientHeight > 0 && box.clientHeight === before[index]);
  element2.style.minHeight = "";
  return fixed2.at(-1) ?? null;
}
function heightInSight(scroller) {
  const framed = window.top !== window;
  const height = scroller?.clientHeight ?? (framed ? 0.8 * screen.availHeight : window.innerHeight);
  return height > 0 ? Math.max(0, height - AROUND2) : null;
}

// headstream/views/shared/frame/traits.ts
var Traits = class {
  /** `changed` is called for every change of a trait, wherever it came from. */
  constructor(model, readers, signal, changed) {
    this.model = model;
    this.readers = readers;
    this.now = Object.defineProperties(
      {},
      Object.fromEntries(Object.keys(readers).map((name) => [name, { enumerable: true, get: () => this.get(name) }]))
    );
    for (const name of Object.keys(readers)) {
      const listener = () => {
        this.read.delete(name);
        changed(name);
      };
      model.on(`change:${name}`, listener);
      signal.addEventListener("abort", () => model.off(`change:${name}`, listener));
    }
  }
  model;
  readers;
  /** What the model holds, read. Throws Damaged for a trait that cannot be. */
  now;
  read = /* @__PURE__ */ new Map();
  /** Large arrays that came deflated: `whole` is the same until it is inflated. */
  ahead = /* @__PURE__ */ new Map();
  /** Resolves when the large arrays that have come are inflated; null where there are none. One that is read before is inflated by then. */
  inflating() {
    for (const name of Object.keys(this.readers)) {
      const sent = this.model.get(name);
      if (this.read.has(name) || this.ahead.get(name)?.sent === sent) continue;
      const inflated2 = inflatedAhead(sent)?.then((whole3) => void Object.assign(one2, { whole: whole3, coming: null }));
      const one2 = { sent, whole: sent, coming: inflated2 ?? null };
      if (inflated2) this.ahead.set(name, one2);
    }
    const coming = [...this.ahead.values()].flatMap((one2) => one2.coming ?? []);
    return coming.length ? Promise.all(coming) : null;
  }
  get(name) {
    if (!this.read.has(name)) {
      const sent = this.model.get(name);
      const ahead = this.ahead.get(name);
      this.ahead.delete(name);
      this.read.set(name, this.readers[name](ahead?.sent === sent ? ahead?.whole : sent, name));
    }
    return this.read.get(name);
  }
  /** Sets traits on the page only, as while a slider is dragged. */
  try(values) {
    for (const [name, value] of Object.entries(values)) this.model.set(name, value);
  }
  /** Sets traits, and tells Python. */
  set(values) {
    this.try(values);
    this.model.save_changes();
  }
};

// headstream/views/shared/frame/view.ts
var COMMON = { title: text, font_size: number, whole: flag };
var LEAST = 14;
var LOW = 34;
var THEME_ATTRIBUTES = ["class", "style", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
function defineView({ name, readers, structure, create: create2 }) {
  return {
    async render({ model, el, host, signal }) {
      const heading = element("div", "hs-title");
      const picture = element("div", "hs-picture");
      const readout = element("div", "hs-readout", { role: "status", "aria-live": "polite", tabindex: -1 });
      const legend = element("div", "hs-legend");
      const controls = element("div", "hs-controls", { "data-hs-unsaved": true });
      const figure = element("div", "hs-figure", {}, heading, picture, legend, readout);
      const root = element("div", `headstream hs-${name}`, { role: "figure" }, figure, controls);
      el.append(root);
      let built = null;
      let drawn = false;
      let measured = false;
      let pending = 0;
      let onPage = false;
      let scroller;
      const clearing = [];
      const schedule = () => {
        cancelAnimationFrame(pending);
        pending = requestAnimationFrame(refresh);
        busy();
      };
      const remeasure = () => {
        measured = false;
        schedule();
      };
      const busy = () => root.toggleAttribute("data-busy", pending !== 0 || selection.pending);
      const select2 = () => {
        if (drawn && pending === 0) view.select(selection.current(), selection.pinned());
        busy();
      };
      const selection = new SharedSelection(model, host, signal, select2);
      const lecture = new SharedLecture(model, host, signal, remeasure);
      const common = new Traits(model, COMMON, signal, remeasure);
      const traits = new Traits(model, readers, signal, schedule);
      const frame = {
        traits: traits.now,
        set: (values) => traits.set(values),
        attempt: (values) => traits.try(values),
        picture,
        controls,
        legend,
        selection,
        host,
        model,
        signal,
        theme: "light",
        fontSize: 13,
        width: 0,
        height: null,
        room: "much",
        heightLeft() {
          const left = frame.height === null ? null : leftOf(frame.height);
          const written = left === null ? "none" : `${left}px`;
          if (root.style.getPropertyValue("--hs-left") !== written) root.style.setProperty("--hs-left", written);
          return left;
        },
        fit: () => afterLayout(fit),
        title(text2) {
          const wanted = plain(common.now.title || text2);
          if (heading.textContent === wanted) return;
          writeSentence(heading, wanted);
          root.setAttribute("aria-label", wanted);
        },
        say(text2) {
          if (readout.textContent !== text2) writeSentence(readout, text2);
        },
        onClear: (run) => clearing.push(run),
        reselect: select2
      };
      function leftOf(height2) {
        const others = root.getBoundingClientRect().height - picture.getBoundingClientRect().height;
        return Math.floor(Math.max(LEAST * frame.fontSize, height2 - others));
      }
      function fit() {
        const left = frame.heightLeft();
        picture.toggleAttribute("data-scrolled", left !== null && picture.scrollHeight > left);
      }
      function measure() {
        frame.theme = themeOf(el);
        lecture.sizeAround(root);
        frame.fontSize = Number(el.dataset.hsFontSize ?? lecture.fontSize(common.now.font_size));
        root.dataset.theme = frame.theme;
        root.style.setProperty("--headstream-font-size", `${frame.fontSize}px`);
        frame.width = Math.floor(root.clientWidth);
        measured = frame.width > 0;
        if (measured) frame.height = height();
        frame.room = roomFor(frame.width, frame.fontSize);
        root.dataset.room = frame.room;
        root.toggleAttribute("data-low", frame.height !== null && frame.height < LOW * frame.fontSize);
      }
      function height() {
        const { hsHeight } = el.dataset;
        if (hsHeight !== void 0) return hsHeight === WHOLE ? null : Number(hsHeight);
        if (scroller === void 0) {
          scroller = scrollerOf(root);
          if (scroller) resize.observe(scroller);
        }
        return common.now.whole ? null : heightInSight(scroller);
      }
      function draw() {
        drawn = false;
        if (!measured) measure();
        if (!measured) return;
        const wanted = JSON.stringify([frame.width, frame.height, frame.fontSize, structure(traits.now)]);
        if (wanted !== built) {
          built = null;
          view.build();
        }
        view.paint();
        frame.fit();
        built = wanted;
        drawn = true;
      }
      function refresh() {
        const inflating = traits.inflating();
        if (inflating) {
          inflating.then(() => signal.aborted || schedule());
          return;
        }
        pending = 0;
        try {
          keepingFocus(root, draw);
        } catch (error) {
          if (!(error instanceof Damaged)) throw error;
          built = null;
          const sentence2 = `This view cannot be drawn, for what was saved of it is damaged: ${plain(error.message)}.`;
          picture.replaceChildren(element("p", "hs-damaged", { role: "alert" }, sentence2));
          legend.replaceChildren();
        }
        select2();
      }
      const view = create2(frame);
      controls.append(menu(common, lecture, root, figure, name));
      const resized = () => {
        const width = Math.floor(root.clientWidth);
        if (width !== frame.width || width > 0 && height() !== frame.height) remeasure();
      };
      const resize = new ResizeObserver(() => {
        arrive();
        resized();
      });
      resize.observe(root);
      window.addEventListener("resize", resized, { signal });
      const shaded = () => {
        if (themeOf(el) !== frame.theme) remeasure();
      };
      const theme = new MutationObserver(shaded);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", shaded, { signal });
      const arrival = new MutationObserver(() => {
        arrive();
        if (onPage) remeasure();
      });
      arrival.observe(document, { childList: true, subtree: true });
      arrive();
      function arrive() {
        if (onPage || !el.isConnected) return;
        onPage = true;
        arrival.disconnect();
        for (let node = above(el); node; node = above(node)) {
          if (node.getRootNode() === document && node !== document.body && node !== document.documentElement) continue;
          theme.observe(node, { attributes: true, attributeFilter: THEME_ATTRIBUTES });
        }
      }
      const arranged = new MutationObserver(remeasure);
      arranged.observe(el, { attributes: true, attributeFilter: ARRANGED });
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        for (const run of clearing) run();
        selection.clear();
        event.stopPropagation();
      });
      root.addEventListener("pointerleave", () => selection.preview(null));
      signal.addEventListener("abort", () => {
        cancelAnimationFrame(pending);
        resize.disconnect();
        theme.disconnect();
        arrival.disconnect();
        arranged.disconnect();
        root.remove();
      });
      await traits.inflating();
      if (signal.aborted) return;
      refresh();
      await Promise.all([selection.follow(), lecture.follow()]);
    }
  };
}
var ARRANGED = ["data-hs-height", "data-hs-font-size"];
var WHOLE = "whole";

// headstream/views/shared/draw/raster.ts
function paintRaster(canvas, columns, places, rgb2) {
  const rows = places.length / columns;
  if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i2 = 0; i2 < places.length; i2++) {
    const place = places[i2];
    if (Number.isNaN(place)) continue;
    const color2 = 3 * Math.round(255 * Math.min(1, Math.max(0, place)));
    image.data[4 * i2] = rgb2[color2];
    image.data[4 * i2 + 1] = rgb2[color2 + 1];
    image.data[4 * i2 + 2] = rgb2[color2 + 2];
    image.data[4 * i2 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

// headstream/views/shared/draw/legend.ts
function scaleLegend(theme, scale, name, ticks2) {
  const bar = element("canvas", "hs-legend-bar");
  paintRaster(
    bar,
    256,
    Float64Array.from({ length: 256 }, (_, step) => step / 255),
    ramp(theme, scale).rgb
  );
  const marks = ticks2.map(({ at, label }) => {
    const style = `left:${100 * at}%;transform:translateX(${at <= 0 ? 0 : at >= 1 ? -100 : -50}%)`;
    return element("span", "hs-legend-tick", { style }, label);
  });
  return element(
    "span",
    "hs-legend-scale",
    {},
    element("span", "hs-quiet", {}, name),
    element("span", "hs-legend-body", {}, bar, ...marks)
  );
}

// headstream/views/shared/draw/encoding.ts
function encode(quantity, theme) {
  const { css, ink, rgb: rgb2 } = ramp(theme, quantity.scale);
  return {
    rgb: rgb2,
    place: quantity.place,
    color: (value) => css(quantity.place(value)),
    ink: (value) => ink(quantity.place(value)),
    legend: () => scaleLegend(theme, quantity.scale, quantity.name, quantity.ticks)
  };
}

// headstream/views/shared/parts/items.ts
function pointAndKeep(items) {
  const { root } = items;
  let reached = null;
  const reach = (element2) => {
    if (reached !== element2 && reached) reached.tabIndex = -1;
    reached = element2;
    element2.tabIndex = 0;
  };
  const inside = (target) => root.contains(target);
  let pointed;
  root.addEventListener("pointerover", (event) => {
    const item = items.at(event);
    const element2 = item === null ? null : items.element(item);
    if (element2 && element2 === pointed) return;
    pointed = element2;
    if (item !== null) items.point(item);
  });
  root.addEventListener("pointerleave", () => {
    pointed = null;
    items.point(null);
  });
  root.addEventListener("focusin", (event) => {
    const item = items.at(event);
    const element2 = item === null ? null : items.element(item);
    if (element2) reach(element2);
  });
  root.addEventListener("focusout", (event) => {
    if (!inside(event.relatedTarget)) items.point(null);
  });
  root.addEventListener("click", (event) => {
    const item = items.at(event);
    if (item !== null) items.keep(item);
  });
  root.addEventListener("keydown", (event) => {
    const item = items.at(event);
    if (item === null) return;
    if (event.key === "Enter" || event.key === " ") items.keep(item);
    else {
      const next = items.step(item, event.key, event);
      if (next === void 0) return;
      const element2 = next === null ? null : items.element(next);
      if (next !== null && element2) {
        reach(element2);
        element2.focus();
        items.point(next);
      }
    }
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    offer(element2) {
      const focused = root.getRootNode().activeElement;
      const here = reached?.isConnected && reached === focused;
      if (element2 && !here) reach(element2);
    }
  };
}
function listStep(index, key, count2) {
  const last = count2 - 1;
  const steps = {
    ArrowRight: index + 1,
    ArrowDown: index + 1,
    ArrowLeft: index - 1,
    ArrowUp: index - 1,
    Home: 0,
    End: last
  };
  const next = steps[key];
  return next === void 0 ? void 0 : Math.min(last, Math.max(0, next));
}
function gridStep([row, column2], key, [rows, columns]) {
  const steps = {
    ArrowRight: [row, column2 + 1],
    ArrowLeft: [row, column2 - 1],
    ArrowDown: [row + 1, column2],
    ArrowUp: [row - 1, column2],
    Home: [row, 0],
    End: [row, columns - 1]
  };
  const next = steps[key];
  if (!next) return void 0;
  return next[0] >= 0 && next[0] < rows && next[1] >= 0 && next[1] < columns ? next : null;
}

// headstream/views/shared/parts/strip.ts
function tokenStrip(labels, selection, name, { write, part = (position) => ({ position, key: null }), step } = {}) {
  const token = element("span", "hs-token", { role: "option", tabindex: -1 });
  const dot = element("span", "hs-space", {}, "·");
  const spans = running(labels).map((text2, index) => {
    const span = token.cloneNode();
    span.setAttribute("aria-label", `${index}: ${visible(labels[index])}`);
    span.setAttribute("data-position", String(index));
    span.setAttribute("data-key", `token-${index}`);
    if (write) write(span, text2);
    else fill(span, text2, dot);
    return span;
  });
  const root = element("div", "hs-strip", { role: "listbox", "aria-label": name, "aria-orientation": "horizontal" });
  let lines2 = root;
  spans.forEach((span, index) => {
    if (!write && (index === 0 || labels[index - 1].endsWith("\n"))) {
      lines2 = element("div", "hs-paragraph", { role: "presentation" });
      root.append(lines2);
    }
    const begins = /^\s/.test(labels[index]) || index > 0 && isSpecial(labels[index - 1]);
    if (!write && begins) lines2.append(element("wbr"));
    lines2.append(span);
  });
  const reach = pointAndKeep({
    root,
    at(event) {
      const span = event.target.closest(".hs-token");
      return span ? Number(span.dataset.position) : null;
    },
    element: (index) => spans[index],
    step: (index, key) => step?.(index, key) ?? listStep(index, key, spans.length),
    point: (index) => selection.preview(index === null ? null : part(index)),
    keep: (index) => selection.pin(part(index))
  });
  reach.offer(spans[0]);
  let current = null;
  let pinned = null;
  let away = false;
  function follow(index) {
    const { previewing } = selection;
    const wanted = previewing || away || index !== pinned;
    if (!previewing) pinned = index;
    if (!wanted) return;
    const item = current;
    afterLayout(() => {
      away = item !== null && reveal(item, root) && previewing;
    });
  }
  return {
    root,
    spans,
    mark(index) {
      const next = index === null ? null : spans[index] ?? null;
      if (next !== current) {
        current?.classList.remove("hs-current");
        current?.setAttribute("aria-selected", "false");
        current = next;
        current?.classList.add("hs-current");
        current?.setAttribute("aria-selected", "true");
        follow(index);
      } else if (!selection.previewing) pinned = index;
      reach.offer(current);
    }
  };
}
function reveal(item, root) {
  if (root.scrollHeight <= root.clientHeight) return false;
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(root);
  const box = item.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  const above2 = frame.top + (Number.parseFloat(scrollPaddingTop) || 0) - box.top;
  const below = box.bottom - frame.bottom + (Number.parseFloat(scrollPaddingBottom) || 0);
  if (above2 > 0) root.scrollTop -= above2 + box.height;
  else if (below > 0) root.scrollTop += below + box.height;
  return above2 > 0 || below > 0;
}
function inSight({ root, spans }) {
  if (root.scrollHeight <= root.clientHeight) return [0, spans.length];
  const { top: top2, bottom } = root.getBoundingClientRect();
  const from = (isAbove) => {
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = low + high >> 1;
      if (isAbove(spans[middle].getBoundingClientRect())) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return [from((box) => box.bottom < top2), from((box) => box.top <= bottom)];
}
function fill(span, text2, dot) {
  for (const part of visible(text2).split(/(·)/)) {
    if (part === "·") span.append(dot.cloneNode(true));
    else if (part) span.append(part);
  }
  if (!text2) span.append(element("span", "hs-space", {}, "‿"));
}

// headstream/views/shared/text/format.ts
var MINUS = "−";
function fixed(value, decimals) {
  const text2 = Number.isFinite(value) ? Math.abs(value).toFixed(decimals) : Number.isNaN(value) ? "–" : "∞";
  return value < 0 && Number(text2) !== 0 ? MINUS + text2 : text2;
}
function signed(value, decimals) {
  const text2 = fixed(value, decimals);
  return value > 0 && Number(text2) !== 0 ? `+${text2}` : text2;
}
function probability(p) {
  if (p > 0 && p < 5e-3) return "<.01";
  if (p < 1 && p >= 0.995) return ">.99";
  return p.toFixed(2).replace(/^0/, "");
}

// headstream/views/shared/draw/plot.ts
function plot(width, height, margin) {
  const axes2 = svg("g", { class: "hs-axes" });
  const marks = svg("g", { class: "hs-marks" });
  return {
    root: svg("svg", { class: "hs-plot", width, height }, axes2, marks),
    x: [margin.left, width - margin.right],
    y: [height - margin.bottom, margin.top],
    axes: axes2,
    marks
  };
}
function drawAxis({ axes: axes2, x: x3, y: y2 }, { side, ticks: ticks2, gap, fontSize, rules, name }) {
  const across2 = side === "left";
  const outside = side === "left" ? x3[0] - gap : side === "top" ? y2[1] - gap : y2[0] + gap;
  const baseline = { top: "auto", bottom: "hanging", left: "central" }[side];
  for (const { at, label } of across2 ? ticks2 : readable(ticks2, 0.6 * fontSize)) {
    if (rules) {
      const ends = across2 ? { x1: x3[0], x2: x3[1], y1: at, y2: at } : { x1: at, x2: at, y1: y2[0], y2: y2[1] };
      axes2.append(svg("line", { class: "hs-rule", ...ends }));
    }
    const place = across2 ? { x: outside, y: at, "text-anchor": "end" } : { x: at, y: outside, "text-anchor": "middle" };
    axes2.append(svg("text", { class: "hs-tick", ...place, "dominant-baseline": baseline }, label));
  }
  if (name) {
    const place = across2 ? { x: x3[0], y: y2[1] - 0.6 * fontSize } : { x: x3[0], y: outside + (side === "top" ? -1.4 : 1.85) * fontSize };
    axes2.append(svg("text", { class: "hs-axis-name", ...place }, name));
  }
}
function readable(ticks2, character) {
  const kept = [];
  for (const tick of [...ticks2].sort((a, b) => a.at - b.at)) {
    const last = kept.at(-1);
    const half = ({ label }) => 0.5 * [...label].length * character;
    if (!last || tick.at - last.at >= half(last) + half(tick) + character) kept.push(tick);
  }
  return kept;
}
function wholeStep(least2) {
  if (least2 <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least2));
  return [1, 2, 5].map((factor) => factor * power).find((step) => step >= least2) ?? 10 * power;
}
function decimalsOfStep(step) {
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
}

// headstream/views/shared/pattern/window.ts
var CLOSEST = 8;
var NAME_ROOM = 0.95;
var between = (least2, value, most) => Math.min(most, Math.max(least2, value));
function whole2(length) {
  return { query: 0, key: 0, span: length };
}
function zoomed(window2, factor, about, length) {
  const span = Math.round(between(Math.min(CLOSEST, length), window2.span * factor, length));
  const place = (start, cell) => {
    const share = (cell + 0.5 - start) / window2.span;
    return Math.round(between(0, cell + 0.5 - share * span, length - span));
  };
  return { span, query: place(window2.query, about.query), key: place(window2.key, about.key) };
}
function panned(window2, queries, keys, length) {
  const place = (start) => Math.round(between(0, start, length - window2.span));
  return { span: window2.span, query: place(window2.query + queries), key: place(window2.key + keys) };
}
function followed(window2, cell) {
  const place = (start, index) => between(index - window2.span + 1, start, index);
  const [query, key] = [place(window2.query, cell.query), place(window2.key, cell.key)];
  return query === window2.query && key === window2.key ? window2 : { span: window2.span, query, key };
}
function center({ query, key, span }, selected) {
  const middle = Math.floor(span / 2);
  const row = selected.position ?? query + middle;
  return { query: row, key: selected.key ?? Math.min(row, key + middle) };
}
function cellAt({ query, key, span }, x3, y2) {
  const index = (share) => between(0, Math.floor(share * span), span - 1);
  return { query: query + index(y2), key: key + index(x3) };
}
function outline(window2, query, key) {
  const inside = (index, start) => index >= start && index < start + window2.span;
  if (query === null || !inside(query, window2.query)) return null;
  if (key !== null && !inside(key, window2.key)) return null;
  const cell = 1 / window2.span;
  const y2 = (query - window2.query) * cell;
  return key === null ? { x: 0, y: y2, width: 1, height: cell } : { x: (key - window2.key) * cell, y: y2, width: cell, height: cell };
}
function naming(cell, em, labels) {
  if (labels && cell >= NAME_ROOM * em) return { tokens: true, step: 1 };
  return { tokens: false, step: wholeStep(2.5 * em / cell) };
}
function named2(start, span, step) {
  const first = Math.ceil(start / step) * step;
  return Array.from(
    { length: Math.max(0, Math.ceil((start + span - first) / step)) },
    (_, index) => first + index * step
  );
}

// headstream/views/shared/pattern/layout.ts
var GAP = { x: 2, y: 1 };
var HEADS = { label: 1.6, line: 1.4, gap: 0.25, words: 8 };
var THUMB = { least: 1.1, most: 12 };
var TYPE = [1.9, 1.6, 1.3, 1.08];
var [, GOOD_TYPE, , SMALL_TYPE] = TYPE;
var TEXT = { line: 1.75, character: 0.62, narrowest: 10, tall: 12, padding: 4, foot: 0.3 };
var COLUMN = { least: 16, thumb: THUMB.least, cell: { least: 10, thumb: 2 } };
var LOWEST = 10;
var SQUARE = { least: 8, tiny: 6, good: 26, most: 40 };
var TALLER = 1.2;
var BETTER = 1.25;
var FILLED = 0.75;
var HOLE = 0.25;
var LABEL = { most: 12, zoomed: 7, least: 3 };
var CHARACTER = 0.85 * 0.61;
function layout(input) {
  const { height, em, names } = input;
  const longest = names.reduce((most, name) => Math.max(most, [...name].length), 1);
  const measured = { ...input, words: wordsOf(names), longest };
  const ample = unbounded({ ...measured, height: null });
  if (height === null || ample.height <= height) return ample;
  const cell = { ...measured, longest: longestButOne(names), height: Math.max(LOWEST * em, height) };
  const found = [beside(cell), across(cell), stacked(cell)].filter((one2) => one2 !== null);
  const worth = (best) => best.height < FILLED * cell.height ? 1 : BETTER;
  const better = (best, one2) => one2.square.width > worth(best) * best.square.width ? one2 : best;
  return found.reduce(better, found[0] ?? least(cell));
}
function longestButOne(names) {
  const [longest, next = 1] = names.map((name) => [...name].length).sort((one2, other) => other - one2);
  return Math.max(next, Math.min(longest, LABEL.zoomed));
}
function unbounded(input) {
  const room = roomFor(input.width, input.em);
  const wide = room === "much" || room === "plenty";
  return wide && beside(input) || least(input);
}
function beside(input) {
  const [one2, other] = [column(input), across(input)];
  if (!one2?.heads || !other) return one2 ?? other;
  const left = one2.height - one2.heads.height - one2.text.height;
  return hole(left, one2.height) && other.square.width * BETTER >= one2.square.width ? other : one2;
}
var hole = (left, height) => left > HOLE * height;
function column(input) {
  const { width, em } = input;
  if (single(input)) return null;
  const room = input.height ?? Number.POSITIVE_INFINITY;
  const gap = GAP.x * em;
  const { least: least2, thumb: smallest } = input.height === null ? COLUMN : COLUMN.cell;
  const narrowest = Math.max(least2, HEADS.label + input.heads * (smallest + HEADS.gap)) * em;
  const most = Math.min(largest(input), room, width - gap - narrowest);
  if (most < SQUARE.least * em) return null;
  const beside2 = (side2) => {
    const left2 = width - gap - side2;
    const text3 = textHeight(input, left2, SMALL_TYPE, 5 * em);
    const rest2 = room - GAP.y * em - text3;
    const thumb2 = thumbFor(input, left2, rest2);
    return { left: left2, thumb: thumb2, heads: headsBox(input, thumb2, left2, rest2) };
  };
  const unequal = (side2) => {
    const { left: left2, heads: heads2 } = beside2(side2);
    const text3 = textHeight(input, left2, GOOD_TYPE, TEXT.tall * em);
    return Math.abs(side2 - TALLER * (heads2.height + GAP.y * em + text3));
  };
  const named5 = input.names.length * NAME_ROOM * em;
  const good = Math.max(SQUARE.good * em, named5 <= most - axes(input) ? named5 : 0);
  const first = Math.min(most, good + axes(input));
  const sides = Array.from({ length: 1 + Math.floor(2 * (most - first) / em) }, (_, step) => first + step * em / 2);
  const differences = sides.map(unequal);
  const side = Math.floor(sides[differences.indexOf(Math.min(...differences))]);
  const { left, thumb, heads } = beside2(side);
  const above2 = heads.height + GAP.y * em;
  const text2 = textHeight(input, left, SMALL_TYPE, TEXT.tall * em);
  const height = Math.max(side, Math.floor(Math.min(room, above2 + text2)));
  const rest = height - above2;
  const size = typeFor(input, left, rest);
  const lines2 = textHeight(input, left, size, rest);
  const below = hole(rest - lines2, height) ? (rest - lines2) / 2 : 0;
  return {
    height,
    heads: { x: 0, y: 0, ...heads, thumb },
    text: { x: 0, y: height - lines2 - below, width: left, height: lines2, size },
    square: { x: width - side, y: 0, ...square(input, side) }
  };
}
function across(input) {
  const { width, em } = input;
  const heads = top(input);
  const y2 = heads ? heads.height + GAP.y * em : 0;
  const room = (input.height ?? Number.POSITIVE_INFINITY) - y2;
  const side = Math.floor(Math.min(largest(input), room, width - (GAP.x + TEXT.narrowest) * em));
  if (side < SQUARE.least * em) return null;
  const left = width - GAP.x * em - side;
  const size = typeFor(input, left, side);
  const lines2 = textHeight(input, left, size, side);
  return {
    height: y2 + side,
    heads,
    text: { x: 0, y: y2 + Math.floor((side - lines2) / 2), width: left, height: lines2, size },
    square: { x: width - side, y: y2, ...square(input, side) }
  };
}
function stacked(input) {
  const found = least(input);
  return found.square.width < SQUARE.least * input.em ? null : found;
}
function least(input) {
  const { width, em } = input;
  const heads = top(input);
  const y2 = heads ? heads.height + GAP.y * em : 0;
  const room = input.height ?? Number.POSITIVE_INFINITY;
  const lines2 = textHeight(input, width, SMALL_TYPE, Math.min(26 * em, Math.max(3 * em, 0.25 * room)));
  const below = y2 + lines2 + GAP.y * em;
  const side = Math.floor(Math.max(SQUARE.tiny * em, Math.min(largest(input), width, room - below)));
  return {
    height: below + side,
    heads,
    text: { x: 0, y: y2, width, height: lines2, size: SMALL_TYPE },
    square: { x: 0, y: below, ...square(input, side) }
  };
}
var single = ({ layers, heads }) => layers * heads === 1;
function top(input) {
  if (single(input)) return null;
  const most = input.height === null ? Number.POSITIVE_INFINITY : 0.4 * input.height;
  const thumb = thumbFor(input, input.width, most);
  return { x: 0, y: 0, ...headsBox(input, thumb, input.width, most), thumb };
}
function thumbFor({ layers, heads, em }, width, height) {
  const fitting = Math.min(
    (width - HEADS.label * em) / heads - HEADS.gap * em,
    (height - 2 * HEADS.line * em) / layers - HEADS.gap * em
  );
  return Math.floor(Math.max(THUMB.least * em, Math.min(THUMB.most * em, fitting)));
}
function headsBox({ layers, heads, em }, thumb, widest, highest) {
  const each = thumb + HEADS.gap * em;
  const width = Math.max(HEADS.words, HEADS.label + heads * (each / em)) * em;
  const height = 2 * HEADS.line * em + layers * each;
  const bar = 1.2 * em;
  return {
    width: Math.min(widest, width + (height > highest ? bar : 0)),
    height: Math.min(highest, height + (width > widest ? bar : 0))
  };
}
function textHeight({ words, em }, width, size, most) {
  const columns = Math.max(1, Math.floor((width - TEXT.padding) / (TEXT.character * size * em)));
  const line = TEXT.line * size * em;
  const foot = TEXT.foot * size * em + TEXT.padding;
  return Math.min(most, Math.ceil(linesOf(words, columns, 1 + most / line) * line + foot));
}
function wordsOf(names) {
  const words = [];
  for (const name of names) {
    const before = words.at(-1);
    const goesOn = before && !name.startsWith("·") && !before.endsWith("↵") && !isSpecial(before);
    if (goesOn) words[words.length - 1] += name;
    else words.push(name);
  }
  return words.map((word) => ({ columns: columnsOf(word), ends: word.endsWith("↵") }));
}
function linesOf(words, columns, most = Number.POSITIVE_INFINITY) {
  let lines2 = 1;
  let used = 0;
  for (const { columns: long, ends } of words) {
    if (lines2 > most + 1) break;
    if (used > 0 && used + long > columns) {
      lines2 += 1;
      used = 0;
    }
    lines2 += Math.max(0, Math.ceil((used + long) / columns) - 1);
    used = long > columns ? long % columns : used + long;
    if (ends) {
      lines2 += 1;
      used = 0;
    }
  }
  return used > 0 || lines2 === 1 ? lines2 : lines2 - 1;
}
function columnsOf(name) {
  return [...name].reduce((sum, character) => sum + (character >= "⺀" ? 2 : 1), 0);
}
function typeFor(input, width, height) {
  return TYPE.find((size) => textHeight(input, width, size, height + 1) <= height) ?? SMALL_TYPE;
}
var largest = (input) => SQUARE.most * input.em + axes(input);
var axes = ({ longest, em }) => marginFor(Math.min(LABEL.most, longest), em);
var marginFor = (characters, em) => Math.ceil((characters + 1) * CHARACTER * em + 6);
function square(input, side) {
  const { em, names, longest } = input;
  const most = Math.min(LABEL.most, longest);
  const fewest = Math.min(most, LABEL.least);
  const limits = Array.from({ length: most - fewest + 1 }, (_, shorter) => most - shorter);
  const fits2 = (limit2) => marginFor(limit2, em) <= 0.4 * side;
  const named5 = (limit2) => names.length * NAME_ROOM * em <= side - marginFor(limit2, em);
  const limit = limits.find((one2) => fits2(one2) && named5(one2)) ?? limits.find((one2) => fits2(one2) && one2 <= LABEL.zoomed) ?? 0;
  return { width: side, height: side, margin: marginFor(limit || 2, em), limit };
}

// headstream/views/shared/pattern/words.ts
var NAMED = 3;
function named3({ layer, head }, role) {
  return `Layer ${layer}, head ${head}${role ? `, ${role}` : ""}`;
}
function sentence(weights, tokens, { layer, head, role }, { position, key }, changes = false) {
  const name = named3({ layer, head }, role);
  if (position === null) return `${name}: point at a token or a cell; click to keep it, Escape to let go.`;
  const token = `${name}: ${quoted(tokens[position])}`;
  if (key !== null) {
    const side = weights.block(layer, head, position, key);
    const most = number2(weights.at(layer, head, position, key), changes);
    const weight = side === 1 ? most : `up to ${most}`;
    const end = side === 1 ? "." : `: the largest of ${side} × ${side} is shown.`;
    if (changes) return `${token}: attention to ${quoted(tokens[key])} changes by ${weight}${end}`;
    return weights.weighted ? `${token} takes ${weight} (p·‖v‖ / max‖v‖) from ${quoted(tokens[key])}${end}` : `${token} attends ${weight} to ${quoted(tokens[key])}${end}`;
  }
  const list = (weight, block) => strongest((other) => other % block(other) ? 0 : weight(other), tokens.length, NAMED).map((other) => {
    const [side, most] = [block(other), number2(weight(other), changes)];
    const last = Math.min(tokens.length, other + side) - 1;
    return side === 1 ? `${quoted(tokens[other])} ${most}` : `one of positions ${other} to ${last} up to ${most}`;
  }).join(", ") || "nothing";
  const to = list(
    (other) => weights.at(layer, head, position, other),
    (other) => weights.block(layer, head, position, other)
  );
  const by = list(
    (other) => weights.at(layer, head, other, position),
    (other) => weights.block(layer, head, other, position)
  );
  if (changes) return `${token}, change in what it attends to: ${to}. In what attends to it: ${by}.`;
  return weights.weighted ? `${token} takes (p·‖v‖ / max‖v‖) from ${to}. Taken from it by ${by}.` : `${token} attends to ${to}. Attended to by ${by}.`;
}
function number2(weight, changes) {
  return changes ? signed(weight, 2) : probability(weight);
}

// headstream/views/shared/pattern/heads.ts
var PIXELS = 48;
function headGrid(selection, layers, heads, size, em, role) {
  const gap = HEADS.gap * em;
  const line = HEADS.line * em - gap;
  const columns = `${HEADS.label * em - gap}px repeat(${heads}, ${size}px)`;
  const root = element("div", "hs-heads", {
    role: "radiogroup",
    "aria-label": "Head",
    style: `gap:${gap}px;grid-template:${line}px ${line}px repeat(${layers}, ${size}px) / ${columns}`
  });
  root.append(element("div", "hs-heads-corner", {}, "layers ↓ heads →"), element("span"));
  const number5 = (name, index, least2) => {
    const step = wholeStep(least2 * em / (size + gap));
    root.append(element("span", name, {}, index % step ? "" : String(index)));
  };
  for (let head = 0; head < heads; head++) number5("hs-heads-number", head, 1.5);
  const canvases = [];
  const thumbs = [];
  for (let layer = 0; layer < layers; layer++) {
    number5("hs-heads-layer", layer, 1.1);
    for (let head = 0; head < heads; head++) {
      const canvas = element("canvas");
      const attributes = {
        type: "button",
        role: "radio",
        "aria-label": named3({ layer, head }, role({ layer, head })),
        "aria-checked": "false",
        tabindex: -1,
        "data-index": thumbs.length,
        "data-key": `head-${layer}-${head}`
      };
      const thumb = element(
        "button",
        role({ layer, head }) ? "hs-thumb hs-thumb-role" : "hs-thumb",
        attributes,
        canvas
      );
      canvases.push(canvas);
      thumbs.push(thumb);
      root.append(thumb);
    }
  }
  const headAt = (index) => ({ layer: Math.floor(index / heads), head: index % heads });
  const reach = pointAndKeep({
    root,
    at(event) {
      const thumb = event.target.closest(".hs-thumb");
      return thumb ? Number(thumb.dataset.index) : null;
    },
    element: (index) => thumbs[index],
    step(index, key) {
      const { layer, head } = headAt(index);
      const next = gridStep([layer, head], key, [layers, heads]);
      return next && next[0] * heads + next[1];
    },
    point: (index) => selection.preview(index === null ? null : headAt(index)),
    keep: (index) => selection.pin(headAt(index))
  });
  let marked = null;
  return {
    root,
    paint(weights, { rgb: rgb2, place }) {
      const pixels = Math.min(weights.length, PIXELS);
      canvases.forEach((canvas, index) => {
        const { layer, head } = headAt(index);
        paintRaster(canvas, pixels, weights.raster(layer, head, whole2(weights.length), pixels).map(place), rgb2);
      });
    },
    /** The head that is drawn large; a quieter frame when it is only the default. */
    mark({ layer, head }, current) {
      const chosen = current.layer !== null || current.head !== null;
      const thumb = thumbs[layer * heads + head];
      if (marked && marked !== thumb) {
        marked.classList.remove("hs-current", "hs-default");
        marked.setAttribute("aria-checked", "false");
      }
      thumb.classList.toggle("hs-default", !chosen);
      thumb.classList.toggle("hs-current", chosen);
      thumb.setAttribute("aria-checked", "true");
      marked = thumb;
      reach.offer(thumb);
    }
  };
}

// headstream/views/shared/pattern/square.ts
var ZOOM = 1.6;
var DRAG = 4;
var GAP2 = 5;
function square2(selection, names, { width, margin, limit }, em, view, looked) {
  const length = names.length;
  const side = width - margin;
  const labels = names.map((name) => shortened(name, limit));
  const canvas = element("canvas", "", {
    tabindex: 0,
    role: "application",
    "aria-roledescription": "attention heatmap",
    "aria-label": "One head: queries down, keys across. Arrow keys move, Enter pins, Escape clears, plus and minus zoom, 0 shows all.",
    "data-key": "square",
    style: `left:${margin}px;top:${margin}px;width:${side}px;height:${side}px`
  });
  const axes2 = svg("g");
  const cross = svg("rect", { class: "hs-cross", visibility: "hidden" });
  const pin = svg("rect", { class: "hs-pinned", visibility: "hidden" });
  const overlay = svg("svg", { width, height: width, "aria-hidden": "true" }, axes2, cross, pin);
  const root = element("div", "hs-head", {}, canvas, overlay);
  let drawn = null;
  let labelled = { query: /* @__PURE__ */ new Map(), key: /* @__PURE__ */ new Map() };
  let marked = [];
  let selected = null;
  function draw() {
    if (!drawn) return;
    const { weights, encoding, head } = drawn;
    const pixels = Math.min(view.window.span, Math.round(side * (globalThis.devicePixelRatio || 1)));
    const raster = weights.raster(head.layer, head.head, view.window, pixels);
    paintRaster(canvas, pixels, raster.map(encoding.place), encoding.rgb);
    drawAxes();
    mark();
  }
  function drawAxes() {
    const { query, key, span } = view.window;
    const cell = side / span;
    const { tokens, step } = naming(cell, em, limit > 0);
    const axis = (name, start) => new Map(
      named2(start, span, step).map((index) => {
        const at = margin + (index - start + 0.5) * cell;
        const place2 = name === "query" ? { x: margin - GAP2, y: at, "text-anchor": "end" } : { transform: `translate(${at},${margin - GAP2}) rotate(-90)`, "text-anchor": "start" };
        const attributes = { class: tokens ? "hs-label" : "", "data-axis": name, "data-index": index, ...place2 };
        const text2 = tokens ? labels[index] : String(index);
        return [index, svg("text", { ...attributes, "dominant-baseline": "central" }, text2)];
      })
    );
    labelled = { query: axis("query", query), key: axis("key", key) };
    marked = [];
    axes2.replaceChildren(...labelled.query.values(), ...labelled.key.values());
  }
  function mark() {
    if (!selected) return;
    const { current, pinned } = selected;
    place(cross, current);
    place(pin, pinned);
    for (const label of marked) label.classList.remove("hs-current");
    marked = [labelled.query.get(current.position ?? -1), labelled.key.get(current.key ?? -1)].filter(
      (label) => !!label
    );
    for (const label of marked) label.classList.add("hs-current");
  }
  function place(rect, { position, key }) {
    const box = outline(view.window, position, key);
    rect.setAttribute("visibility", box ? "visible" : "hidden");
    if (!box) return;
    rect.setAttribute("x", String(margin + box.x * side));
    rect.setAttribute("y", String(margin + box.y * side));
    rect.setAttribute("width", String(box.width * side));
    rect.setAttribute("height", String(box.height * side));
  }
  function look(next) {
    if (next === view.window) return;
    view.window = next;
    draw();
    looked();
  }
  const zoom = (factor) => look(zoomed(view.window, factor, center(view.window, selection.current()), length));
  const reset = () => look(whole2(length));
  const part = ({ query, key }) => ({ ...drawn?.head, position: query, key });
  function under(event) {
    const box = canvas.getBoundingClientRect();
    return cellAt(view.window, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }
  let drag = null;
  canvas.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, from: view.window, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drag && view.window.span < length) {
      const [x3, y2] = [drag.x - event.clientX, drag.y - event.clientY];
      drag.moved ||= Math.hypot(x3, y2) > DRAG;
      const cell = side / drag.from.span;
      if (drag.moved) return look(panned(drag.from, y2 / cell, x3 / cell, length));
    }
    selection.preview(part(under(event)));
  });
  canvas.addEventListener("pointerup", (event) => {
    if (drag && !drag.moved) selection.pin(part(under(event)));
    drag = null;
  });
  canvas.addEventListener("pointercancel", () => {
    drag = null;
  });
  canvas.addEventListener("pointerleave", () => selection.preview(null));
  canvas.addEventListener("blur", () => selection.preview(null));
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      look(zoomed(view.window, Math.exp(event.deltaY / 300), under(event), length));
    },
    { passive: false }
  );
  canvas.addEventListener("keydown", (event) => {
    const current = selection.current();
    const cell = { query: current.position ?? 0, key: current.key ?? 0 };
    const next = gridStep([cell.query, cell.key], event.key, [length, length]);
    if (next) {
      const to = { query: next[0], key: next[1] };
      look(followed(view.window, to));
      selection.preview(part(to));
    } else if (event.key === "Enter" || event.key === " ") selection.pin(part(cell));
    else if (event.key === "+" || event.key === "=") zoom(1 / ZOOM);
    else if (event.key === "-") zoom(ZOOM);
    else if (event.key === "0") reset();
    else if (next === void 0) return;
    event.preventDefault();
  });
  return {
    root,
    zoomIn: () => zoom(1 / ZOOM),
    zoomOut: () => zoom(ZOOM),
    reset,
    /** Draws a head's weights; the same ones again are left as they are. */
    show(weights, encoding, head) {
      const same = drawn?.weights === weights && drawn.encoding === encoding;
      if (same && drawn?.head.layer === head.layer && drawn.head.head === head.head) return;
      drawn = { weights, encoding, head };
      draw();
    },
    mark(current, pinned) {
      selected = { current, pinned };
      mark();
    }
  };
}

// headstream/views/shared/pattern/parts.ts
var TICKS = [0, 0.1, 0.25, 0.5, 1];
var FEW_TICKS = [0, 0.25, 1];
var SMALL = 8;
function patternParts(selection, role, looked = () => {
}) {
  const view = { window: whole2(0), length: 0 };
  let grid = null;
  let large;
  const zoom = element("span", "hs-choice");
  zoom.append(
    element("span", "hs-quiet", {}, "Zoom"),
    action("−", "Zoom out", () => large.zoomOut()),
    action("+", "Zoom in", () => large.zoomIn()),
    action("All", "Show the whole pattern", () => large.reset())
  );
  function gridOf(layers, heads, thumb, em) {
    const roles = Array.from(
      { length: layers * heads },
      (_, i2) => role({ layer: Math.floor(i2 / heads), head: i2 % heads })
    );
    const of = JSON.stringify([layers, heads, thumb, em, roles]);
    if (grid?.of !== of) grid = { of, made: headGrid(selection, layers, heads, thumb, em, role) };
    return grid.made;
  }
  return {
    zoom,
    /** What of the square is looked at. */
    window: () => view.window,
    /** Whether there is nothing to zoom into. */
    small: (tokens) => tokens.length <= SMALL,
    /** `heightLeft` is asked when the controls are as they will be. */
    make(tokens, room, heightLeft) {
      const { layers, heads: count2, em } = room;
      if (view.length !== tokens.length) Object.assign(view, { window: whole2(tokens.length), length: tokens.length });
      const places = layout({ ...room, height: heightLeft(), names: running(tokens).map(visible) });
      const strip = tokenStrip(tokens, selection, "The text, token by token");
      strip.root.style.fontSize = `${places.text.size * em}px`;
      const heads = places.heads && gridOf(layers, count2, places.heads.thumb, em);
      large = square2(selection, tokens.map(visible), places.square, em, view, looked);
      const root = element("div", "hs-attention", { style: `height:${places.height}px` });
      if (heads && places.heads) root.append(put(heads.root, places.heads));
      root.append(put(strip.root, places.text), put(large.root, places.square));
      let weights;
      let to;
      let by;
      const painted = [];
      let shown2 = null;
      strip.root.addEventListener("scroll", paintStrip, { passive: true });
      function paintStrip() {
        if (!shown2) return;
        const { layer, head } = shown2.head;
        const { position, key } = shown2.current;
        const [first, end] = inSight(strip);
        strip.spans.slice(first, end).forEach((span, place) => {
          const other = first + place;
          const given = position === null ? 0 : weights.at(layer, head, position, other);
          const taken = position === null ? 0 : weights.at(layer, head, other, position);
          const style = [
            given !== 0 ? `background-color:${to.color(given)};color:${to.ink(given)}` : "",
            taken !== 0 ? `border-bottom-color:${by.color(taken)}` : "",
            key === other ? "text-decoration:underline" : ""
          ].join(";");
          if (style === painted[other]) return;
          painted[other] = style;
          span.style.cssText = style;
        });
      }
      return {
        root,
        paint(next, attends, attended) {
          [weights, to, by] = [next, attends, attended];
          heads?.paint(weights, to);
        },
        select(head, current, pinned) {
          heads?.mark(head, current);
          large.show(weights, to, head);
          large.mark(current, pinned);
          strip.mark(current.position);
          shown2 = { head, current };
          afterLayout(paintStrip);
        }
      };
    }
  };
}
function put(part, { x: x3, y: y2, width, height }) {
  Object.assign(part.style, { left: `${x3}px`, top: `${y2}px`, width: `${width}px`, height: `${height}px` });
  return part;
}
function encodings(theme, quantity, tight) {
  const ticks2 = (tight ? FEW_TICKS : TICKS).map((p) => ({
    at: Math.sqrt(p),
    label: p % 1 ? probability(p) : String(p)
  }));
  const names = tight ? ["attends to", "attended to by"] : [`${quantity}: attends to`, "underline: attended to by"];
  return [
    encode({ name: names[0], scale: "sequential", place: Math.sqrt, ticks: ticks2 }, theme),
    encode({ name: names[1], scale: "incoming", place: Math.sqrt, ticks: ticks2 }, theme)
  ];
}

// node_modules/d3-shape/src/constant.js
function constant_default2(x3) {
  return function constant() {
    return x3;
  };
}

// node_modules/d3-path/dist/d3-path.mjs
var pi = Math.PI;
var tau = 2 * pi;
var epsilon = 1e-6;
var tauEpsilon = tau - epsilon;
function append(strings) {
  this._ += strings[0];
  for (let i2 = 1, n = strings.length; i2 < n; ++i2) {
    this._ += arguments[i2] + strings[i2];
  }
}
function appendRound(digits) {
  let d = Math.floor(digits);
  if (!(d >= 0)) throw new Error(`invalid digits: ${digits}`);
  if (d > 15) return append;
  const k = 10 ** d;
  return function(strings) {
    this._ += strings[0];
    for (let i2 = 1, n = strings.length; i2 < n; ++i2) {
      this._ += Math.round(arguments[i2] * k) / k + strings[i2];
    }
  };
}
function equal(x0, y0, x1, y1) {
  return x0 === x1 && y0 === y1;
}
function equalRound(digits) {
  const d = Math.floor(digits);
  if (!(d <= 15)) return equal;
  const k = 10 ** d;
  const r = function(value) {
    return Math.round(value * k);
  };
  return function(x0, y0, x1, y1) {
    return r(x0) === r(x1) && r(y0) === r(y1);
  };
}
var Path = class {
  constructor(digits) {
    this._x0 = this._y0 = // start of current subpath
    this._x1 = this._y1 = null;
    this._ = "";
    this._append = digits == null ? append : appendRound(digits);
    this._equal = digits == null ? equal : equalRound(digits);
  }
  moveTo(x3, y2) {
    this._append`M${this._x0 = this._x1 = +x3},${this._y0 = this._y1 = +y2}`;
  }
  closePath() {
    if (this._x1 !== null) {
      this._x1 = this._x0, this._y1 = this._y0;
      this._append`Z`;
    }
  }
  lineTo(x3, y2) {
    this._append`L${this._x1 = +x3},${this._y1 = +y2}`;
  }
  quadraticCurveTo(x1, y1, x3, y2) {
    this._append`Q${+x1},${+y1},${this._x1 = +x3},${this._y1 = +y2}`;
  }
  bezierCurveTo(x1, y1, x22, y2, x3, y3) {
    this._append`C${+x1},${+y1},${+x22},${+y2},${this._x1 = +x3},${this._y1 = +y3}`;
  }
  arcTo(x1, y1, x22, y2, r) {
    x1 = +x1, y1 = +y1, x22 = +x22, y2 = +y2, r = +r;
    if (r < 0) throw new Error(`negative radius: ${r}`);
    let x0 = this._x1, y0 = this._y1, x21 = x22 - x1, y21 = y2 - y1, x01 = x0 - x1, y01 = y0 - y1, l01_2 = x01 * x01 + y01 * y01;
    if (this._x1 === null) {
      this._append`M${this._x1 = x1},${this._y1 = y1}`;
    } else if (!(l01_2 > epsilon)) ;
    else if (!(Math.abs(y01 * x21 - y21 * x01) > epsilon) || !r) {
      this._append`L${this._x1 = x1},${this._y1 = y1}`;
    } else {
      let x20 = x22 - x0, y20 = y2 - y0, l21_2 = x21 * x21 + y21 * y21, l20_2 = x20 * x20 + y20 * y20, l21 = Math.sqrt(l21_2), l01 = Math.sqrt(l01_2), l = r * Math.tan((pi - Math.acos((l21_2 + l01_2 - l20_2) / (2 * l21 * l01))) / 2), t01 = l / l01, t21 = l / l21;
      if (Math.abs(t01 - 1) > epsilon) {
        this._append`L${x1 + t01 * x01},${y1 + t01 * y01}`;
      }
      this._append`A${r},${r},0,0,${+(y01 * x20 > x01 * y20)},${this._x1 = x1 + t21 * x21},${this._y1 = y1 + t21 * y21}`;
    }
  }
  arc(x3, y2, r, a0, a1, ccw) {
    x3 = +x3, y2 = +y2, r = +r, ccw = !!ccw;
    if (r < 0) throw new Error(`negative radius: ${r}`);
    let dx = r * Math.cos(a0), dy = r * Math.sin(a0), x0 = x3 + dx, y0 = y2 + dy, cw = 1 ^ ccw, da = ccw ? a0 - a1 : a1 - a0;
    if (this._x1 === null) {
      this._append`M${x0},${y0}`;
    } else if (Math.abs(this._x1 - x0) > epsilon || Math.abs(this._y1 - y0) > epsilon) {
      this._append`L${x0},${y0}`;
    }
    if (!r) return;
    if (da < 0) da = da % tau + tau;
    if (da > tauEpsilon) {
      this._append`A${r},${r},0,1,${cw},${x3 - dx},${y2 - dy}A${r},${r},0,1,${cw},${this._x1 = x0},${this._y1 = y0}`;
    } else if (da > epsilon) {
      const x1 = x3 + r * Math.cos(a1);
      const y1 = y2 + r * Math.sin(a1);
      if (da >= pi && this._equal(x0, y0, x1, y1)) {
        da /= 2;
        let a00 = a0 + da;
        this._append`A${r},${r},0,${+(da >= pi)},${cw},${x3 + r * Math.cos(a00)},${y2 + r * Math.sin(a00)}`;
      }
      this._append`A${r},${r},0,${+(da >= pi)},${cw},${this._x1 = x1},${this._y1 = y1}`;
    }
  }
  rect(x3, y2, w, h) {
    this._append`M${this._x0 = this._x1 = +x3},${this._y0 = this._y1 = +y2}h${w = +w}v${+h}h${-w}Z`;
  }
  toString() {
    return this._;
  }
};
function path() {
  return new Path();
}
path.prototype = Path.prototype;

// node_modules/d3-shape/src/path.js
function withPath(shape) {
  let digits = 3;
  shape.digits = function(_) {
    if (!arguments.length) return digits;
    if (_ == null) {
      digits = null;
    } else {
      const d = Math.floor(_);
      if (!(d >= 0)) throw new RangeError(`invalid digits: ${_}`);
      digits = d;
    }
    return shape;
  };
  return () => new Path(digits);
}

// node_modules/d3-shape/src/array.js
var slice = Array.prototype.slice;
function array_default(x3) {
  return typeof x3 === "object" && "length" in x3 ? x3 : Array.from(x3);
}

// node_modules/d3-shape/src/curve/linear.js
function Linear(context) {
  this._context = context;
}
Linear.prototype = {
  areaStart: function() {
    this._line = 0;
  },
  areaEnd: function() {
    this._line = NaN;
  },
  lineStart: function() {
    this._point = 0;
  },
  lineEnd: function() {
    if (this._line || this._line !== 0 && this._point === 1) this._context.closePath();
    this._line = 1 - this._line;
  },
  point: function(x3, y2) {
    x3 = +x3, y2 = +y2;
    switch (this._point) {
      case 0:
        this._point = 1;
        this._line ? this._context.lineTo(x3, y2) : this._context.moveTo(x3, y2);
        break;
      case 1:
        this._point = 2;
      // falls through
      default:
        this._context.lineTo(x3, y2);
        break;
    }
  }
};
function linear_default(context) {
  return new Linear(context);
}

// node_modules/d3-shape/src/point.js
function x2(p) {
  return p[0];
}
function y(p) {
  return p[1];
}

// node_modules/d3-shape/src/line.js
function line_default(x3, y2) {
  var defined = constant_default2(true), context = null, curve = linear_default, output = null, path2 = withPath(line);
  x3 = typeof x3 === "function" ? x3 : x3 === void 0 ? x2 : constant_default2(x3);
  y2 = typeof y2 === "function" ? y2 : y2 === void 0 ? y : constant_default2(y2);
  function line(data) {
    var i2, n = (data = array_default(data)).length, d, defined0 = false, buffer;
    if (context == null) output = curve(buffer = path2());
    for (i2 = 0; i2 <= n; ++i2) {
      if (!(i2 < n && defined(d = data[i2], i2, data)) === defined0) {
        if (defined0 = !defined0) output.lineStart();
        else output.lineEnd();
      }
      if (defined0) output.point(+x3(d, i2, data), +y2(d, i2, data));
    }
    if (buffer) return output = null, buffer + "" || null;
  }
  line.x = function(_) {
    return arguments.length ? (x3 = typeof _ === "function" ? _ : constant_default2(+_), line) : x3;
  };
  line.y = function(_) {
    return arguments.length ? (y2 = typeof _ === "function" ? _ : constant_default2(+_), line) : y2;
  };
  line.defined = function(_) {
    return arguments.length ? (defined = typeof _ === "function" ? _ : constant_default2(!!_), line) : defined;
  };
  line.curve = function(_) {
    return arguments.length ? (curve = _, context != null && (output = curve(context)), line) : curve;
  };
  line.context = function(_) {
    return arguments.length ? (_ == null ? context = output = null : output = curve(context = _), line) : context;
  };
  return line;
}

// node_modules/d3-array/src/ascending.js
function ascending(a, b) {
  return a == null || b == null ? NaN : a < b ? -1 : a > b ? 1 : a >= b ? 0 : NaN;
}

// node_modules/d3-array/src/descending.js
function descending(a, b) {
  return a == null || b == null ? NaN : b < a ? -1 : b > a ? 1 : b >= a ? 0 : NaN;
}

// node_modules/d3-array/src/bisector.js
function bisector(f) {
  let compare1, compare2, delta;
  if (f.length !== 2) {
    compare1 = ascending;
    compare2 = (d, x3) => ascending(f(d), x3);
    delta = (d, x3) => f(d) - x3;
  } else {
    compare1 = f === ascending || f === descending ? f : zero2;
    compare2 = f;
    delta = f;
  }
  function left(a, x3, lo = 0, hi = a.length) {
    if (lo < hi) {
      if (compare1(x3, x3) !== 0) return hi;
      do {
        const mid = lo + hi >>> 1;
        if (compare2(a[mid], x3) < 0) lo = mid + 1;
        else hi = mid;
      } while (lo < hi);
    }
    return lo;
  }
  function right(a, x3, lo = 0, hi = a.length) {
    if (lo < hi) {
      if (compare1(x3, x3) !== 0) return hi;
      do {
        const mid = lo + hi >>> 1;
        if (compare2(a[mid], x3) <= 0) lo = mid + 1;
        else hi = mid;
      } while (lo < hi);
    }
    return lo;
  }
  function center2(a, x3, lo = 0, hi = a.length) {
    const i2 = left(a, x3, lo, hi - 1);
    return i2 > lo && delta(a[i2 - 1], x3) > -delta(a[i2], x3) ? i2 - 1 : i2;
  }
  return { left, center: center2, right };
}
function zero2() {
  return 0;
}

// node_modules/d3-array/src/number.js
function number3(x3) {
  return x3 === null ? NaN : +x3;
}

// node_modules/d3-array/src/bisect.js
var ascendingBisect = bisector(ascending);
var bisectRight = ascendingBisect.right;
var bisectLeft = ascendingBisect.left;
var bisectCenter = bisector(number3).center;
var bisect_default = bisectRight;

// node_modules/d3-array/src/ticks.js
var e10 = Math.sqrt(50);
var e5 = Math.sqrt(10);
var e2 = Math.sqrt(2);
function tickSpec(start, stop, count2) {
  const step = (stop - start) / Math.max(0, count2), power = Math.floor(Math.log10(step)), error = step / Math.pow(10, power), factor = error >= e10 ? 10 : error >= e5 ? 5 : error >= e2 ? 2 : 1;
  let i1, i2, inc;
  if (power < 0) {
    inc = Math.pow(10, -power) / factor;
    i1 = Math.round(start * inc);
    i2 = Math.round(stop * inc);
    if (i1 / inc < start) ++i1;
    if (i2 / inc > stop) --i2;
    inc = -inc;
  } else {
    inc = Math.pow(10, power) * factor;
    i1 = Math.round(start / inc);
    i2 = Math.round(stop / inc);
    if (i1 * inc < start) ++i1;
    if (i2 * inc > stop) --i2;
  }
  if (i2 < i1 && 0.5 <= count2 && count2 < 2) return tickSpec(start, stop, count2 * 2);
  return [i1, i2, inc];
}
function ticks(start, stop, count2) {
  stop = +stop, start = +start, count2 = +count2;
  if (!(count2 > 0)) return [];
  if (start === stop) return [start];
  const reverse = stop < start, [i1, i2, inc] = reverse ? tickSpec(stop, start, count2) : tickSpec(start, stop, count2);
  if (!(i2 >= i1)) return [];
  const n = i2 - i1 + 1, ticks2 = new Array(n);
  if (reverse) {
    if (inc < 0) for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i2 - i3) / -inc;
    else for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i2 - i3) * inc;
  } else {
    if (inc < 0) for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i1 + i3) / -inc;
    else for (let i3 = 0; i3 < n; ++i3) ticks2[i3] = (i1 + i3) * inc;
  }
  return ticks2;
}
function tickIncrement(start, stop, count2) {
  stop = +stop, start = +start, count2 = +count2;
  return tickSpec(start, stop, count2)[2];
}
function tickStep(start, stop, count2) {
  stop = +stop, start = +start, count2 = +count2;
  const reverse = stop < start, inc = reverse ? tickIncrement(stop, start, count2) : tickIncrement(start, stop, count2);
  return (reverse ? -1 : 1) * (inc < 0 ? 1 / -inc : inc);
}

// node_modules/d3-scale/src/init.js
function initRange(domain, range) {
  switch (arguments.length) {
    case 0:
      break;
    case 1:
      this.range(domain);
      break;
    default:
      this.range(range).domain(domain);
      break;
  }
  return this;
}

// node_modules/d3-scale/src/constant.js
function constants(x3) {
  return function() {
    return x3;
  };
}

// node_modules/d3-scale/src/number.js
function number4(x3) {
  return +x3;
}

// node_modules/d3-scale/src/continuous.js
var unit = [0, 1];
function identity(x3) {
  return x3;
}
function normalize(a, b) {
  return (b -= a = +a) ? function(x3) {
    return (x3 - a) / b;
  } : constants(isNaN(b) ? NaN : 0.5);
}
function clamper(a, b) {
  var t;
  if (a > b) t = a, a = b, b = t;
  return function(x3) {
    return Math.max(a, Math.min(b, x3));
  };
}
function bimap(domain, range, interpolate) {
  var d0 = domain[0], d1 = domain[1], r0 = range[0], r1 = range[1];
  if (d1 < d0) d0 = normalize(d1, d0), r0 = interpolate(r1, r0);
  else d0 = normalize(d0, d1), r0 = interpolate(r0, r1);
  return function(x3) {
    return r0(d0(x3));
  };
}
function polymap(domain, range, interpolate) {
  var j = Math.min(domain.length, range.length) - 1, d = new Array(j), r = new Array(j), i2 = -1;
  if (domain[j] < domain[0]) {
    domain = domain.slice().reverse();
    range = range.slice().reverse();
  }
  while (++i2 < j) {
    d[i2] = normalize(domain[i2], domain[i2 + 1]);
    r[i2] = interpolate(range[i2], range[i2 + 1]);
  }
  return function(x3) {
    var i3 = bisect_default(domain, x3, 1, j) - 1;
    return r[i3](d[i3](x3));
  };
}
function copy2(source2, target) {
  return target.domain(source2.domain()).range(source2.range()).interpolate(source2.interpolate()).clamp(source2.clamp()).unknown(source2.unknown());
}
function transformer() {
  var domain = unit, range = unit, interpolate = value_default, transform, untransform, unknown, clamp = identity, piecewise2, output, input;
  function rescale() {
    var n = Math.min(domain.length, range.length);
    if (clamp !== identity) clamp = clamper(domain[0], domain[n - 1]);
    piecewise2 = n > 2 ? polymap : bimap;
    output = input = null;
    return scale;
  }
  function scale(x3) {
    return x3 == null || isNaN(x3 = +x3) ? unknown : (output || (output = piecewise2(domain.map(transform), range, interpolate)))(transform(clamp(x3)));
  }
  scale.invert = function(y2) {
    return clamp(untransform((input || (input = piecewise2(range, domain.map(transform), number_default)))(y2)));
  };
  scale.domain = function(_) {
    return arguments.length ? (domain = Array.from(_, number4), rescale()) : domain.slice();
  };
  scale.range = function(_) {
    return arguments.length ? (range = Array.from(_), rescale()) : range.slice();
  };
  scale.rangeRound = function(_) {
    return range = Array.from(_), interpolate = round_default, rescale();
  };
  scale.clamp = function(_) {
    return arguments.length ? (clamp = _ ? true : identity, rescale()) : clamp !== identity;
  };
  scale.interpolate = function(_) {
    return arguments.length ? (interpolate = _, rescale()) : interpolate;
  };
  scale.unknown = function(_) {
    return arguments.length ? (unknown = _, scale) : unknown;
  };
  return function(t, u) {
    transform = t, untransform = u;
    return rescale();
  };
}
function continuous() {
  return transformer()(identity, identity);
}

// node_modules/d3-format/dist/d3-format.mjs
function formatDecimal(x3) {
  return Math.abs(x3 = Math.round(x3)) >= 1e21 ? x3.toLocaleString("en").replace(/,/g, "") : x3.toString(10);
}
function formatDecimalParts(x3, p) {
  if (!isFinite(x3) || x3 === 0) return null;
  var i2 = (x3 = p ? x3.toExponential(p - 1) : x3.toExponential()).indexOf("e"), coefficient = x3.slice(0, i2);
  return [
    coefficient.length > 1 ? coefficient[0] + coefficient.slice(2) : coefficient,
    +x3.slice(i2 + 1)
  ];
}
function exponent(x3) {
  return x3 = formatDecimalParts(Math.abs(x3)), x3 ? x3[1] : NaN;
}
function formatGroup(grouping, thousands) {
  return function(value, width) {
    var i2 = value.length, t = [], j = 0, g = grouping[0], length = 0;
    while (i2 > 0 && g > 0) {
      if (length + g + 1 > width) g = Math.max(1, width - length);
      t.push(value.substring(i2 -= g, i2 + g));
      if ((length += g + 1) > width) break;
      g = grouping[j = (j + 1) % grouping.length];
    }
    return t.reverse().join(thousands);
  };
}
function formatNumerals(numerals) {
  return function(value) {
    return value.replace(/[0-9]/g, function(i2) {
      return numerals[+i2];
    });
  };
}
var re = /^(?:(.)?([<>=^]))?([+\-( ])?([$#])?(0)?(\d+)?(,)?(\.\d+)?(~)?([a-z%])?$/i;
function formatSpecifier(specifier) {
  if (!(match = re.exec(specifier))) throw new Error("invalid format: " + specifier);
  var match;
  return new FormatSpecifier({
    fill: match[1],
    align: match[2],
    sign: match[3],
    symbol: match[4],
    zero: match[5],
    width: match[6],
    comma: match[7],
    precision: match[8] && match[8].slice(1),
    trim: match[9],
    type: match[10]
  });
}
formatSpecifier.prototype = FormatSpecifier.prototype;
function FormatSpecifier(specifier) {
  this.fill = specifier.fill === void 0 ? " " : specifier.fill + "";
  this.align = specifier.align === void 0 ? ">" : specifier.align + "";
  this.sign = specifier.sign === void 0 ? "-" : specifier.sign + "";
  this.symbol = specifier.symbol === void 0 ? "" : specifier.symbol + "";
  this.zero = !!specifier.zero;
  this.width = specifier.width === void 0 ? void 0 : +specifier.width;
  this.comma = !!specifier.comma;
  this.precision = specifier.precision === void 0 ? void 0 : +specifier.precision;
  this.trim = !!specifier.trim;
  this.type = specifier.type === void 0 ? "" : specifier.type + "";
}
FormatSpecifier.prototype.toString = function() {
  return this.fill + this.align + this.sign + this.symbol + (this.zero ? "0" : "") + (this.width === void 0 ? "" : Math.max(1, this.width | 0)) + (this.comma ? "," : "") + (this.precision === void 0 ? "" : "." + Math.max(0, this.precision | 0)) + (this.trim ? "~" : "") + this.type;
};
function formatTrim(s) {
  out: for (var n = s.length, i2 = 1, i0 = -1, i1; i2 < n; ++i2) {
    switch (s[i2]) {
      case ".":
        i0 = i1 = i2;
        break;
      case "0":
        if (i0 === 0) i0 = i2;
        i1 = i2;
        break;
      default:
        if (!+s[i2]) break out;
        if (i0 > 0) i0 = 0;
        break;
    }
  }
  return i0 > 0 ? s.slice(0, i0) + s.slice(i1 + 1) : s;
}
var prefixExponent;
function formatPrefixAuto(x3, p) {
  var d = formatDecimalParts(x3, p);
  if (!d) return prefixExponent = void 0, x3.toPrecision(p);
  var coefficient = d[0], exponent2 = d[1], i2 = exponent2 - (prefixExponent = Math.max(-8, Math.min(8, Math.floor(exponent2 / 3))) * 3) + 1, n = coefficient.length;
  return i2 === n ? coefficient : i2 > n ? coefficient + new Array(i2 - n + 1).join("0") : i2 > 0 ? coefficient.slice(0, i2) + "." + coefficient.slice(i2) : "0." + new Array(1 - i2).join("0") + formatDecimalParts(x3, Math.max(0, p + i2 - 1))[0];
}
function formatRounded(x3, p) {
  var d = formatDecimalParts(x3, p);
  if (!d) return x3 + "";
  var coefficient = d[0], exponent2 = d[1];
  return exponent2 < 0 ? "0." + new Array(-exponent2).join("0") + coefficient : coefficient.length > exponent2 + 1 ? coefficient.slice(0, exponent2 + 1) + "." + coefficient.slice(exponent2 + 1) : coefficient + new Array(exponent2 - coefficient.length + 2).join("0");
}
var formatTypes = {
  "%": (x3, p) => (x3 * 100).toFixed(p),
  "b": (x3) => Math.round(x3).toString(2),
  "c": (x3) => x3 + "",
  "d": formatDecimal,
  "e": (x3, p) => x3.toExponential(p),
  "f": (x3, p) => x3.toFixed(p),
  "g": (x3, p) => x3.toPrecision(p),
  "o": (x3) => Math.round(x3).toString(8),
  "p": (x3, p) => formatRounded(x3 * 100, p),
  "r": formatRounded,
  "s": formatPrefixAuto,
  "X": (x3) => Math.round(x3).toString(16).toUpperCase(),
  "x": (x3) => Math.round(x3).toString(16)
};
function identity2(x3) {
  return x3;
}
var map = Array.prototype.map;
var prefixes = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];
function formatLocale(locale2) {
  var group = locale2.grouping === void 0 || locale2.thousands === void 0 ? identity2 : formatGroup(map.call(locale2.grouping, Number), locale2.thousands + ""), currencyPrefix = locale2.currency === void 0 ? "" : locale2.currency[0] + "", currencySuffix = locale2.currency === void 0 ? "" : locale2.currency[1] + "", decimal = locale2.decimal === void 0 ? "." : locale2.decimal + "", numerals = locale2.numerals === void 0 ? identity2 : formatNumerals(map.call(locale2.numerals, String)), percent = locale2.percent === void 0 ? "%" : locale2.percent + "", minus = locale2.minus === void 0 ? "−" : locale2.minus + "", nan = locale2.nan === void 0 ? "NaN" : locale2.nan + "";
  function newFormat(specifier, options) {
    specifier = formatSpecifier(specifier);
    var fill2 = specifier.fill, align = specifier.align, sign = specifier.sign, symbol = specifier.symbol, zero3 = specifier.zero, width = specifier.width, comma = specifier.comma, precision = specifier.precision, trim = specifier.trim, type = specifier.type;
    if (type === "n") comma = true, type = "g";
    else if (!formatTypes[type]) precision === void 0 && (precision = 12), trim = true, type = "g";
    if (zero3 || fill2 === "0" && align === "=") zero3 = true, fill2 = "0", align = "=";
    var prefix = (options && options.prefix !== void 0 ? options.prefix : "") + (symbol === "$" ? currencyPrefix : symbol === "#" && /[boxX]/.test(type) ? "0" + type.toLowerCase() : ""), suffix = (symbol === "$" ? currencySuffix : /[%p]/.test(type) ? percent : "") + (options && options.suffix !== void 0 ? options.suffix : "");
    var formatType = formatTypes[type], maybeSuffix = /[defgprs%]/.test(type);
    precision = precision === void 0 ? 6 : /[gprs]/.test(type) ? Math.max(1, Math.min(21, precision)) : Math.max(0, Math.min(20, precision));
    function format2(value) {
      var valuePrefix = prefix, valueSuffix = suffix, i2, n, c;
      if (type === "c") {
        valueSuffix = formatType(value) + valueSuffix;
        value = "";
      } else {
        value = +value;
        var valueNegative = value < 0 || 1 / value < 0;
        value = isNaN(value) ? nan : formatType(Math.abs(value), precision);
        if (trim) value = formatTrim(value);
        if (valueNegative && +value === 0 && sign !== "+") valueNegative = false;
        valuePrefix = (valueNegative ? sign === "(" ? sign : minus : sign === "-" || sign === "(" ? "" : sign) + valuePrefix;
        valueSuffix = (type === "s" && !isNaN(value) && prefixExponent !== void 0 ? prefixes[8 + prefixExponent / 3] : "") + valueSuffix + (valueNegative && sign === "(" ? ")" : "");
        if (maybeSuffix) {
          i2 = -1, n = value.length;
          while (++i2 < n) {
            if (c = value.charCodeAt(i2), 48 > c || c > 57) {
              valueSuffix = (c === 46 ? decimal + value.slice(i2 + 1) : value.slice(i2)) + valueSuffix;
              value = value.slice(0, i2);
              break;
            }
          }
        }
      }
      if (comma && !zero3) value = group(value, Infinity);
      var length = valuePrefix.length + value.length + valueSuffix.length, padding = length < width ? new Array(width - length + 1).join(fill2) : "";
      if (comma && zero3) value = group(padding + value, padding.length ? width - valueSuffix.length : Infinity), padding = "";
      switch (align) {
        case "<":
          value = valuePrefix + value + valueSuffix + padding;
          break;
        case "=":
          value = valuePrefix + padding + value + valueSuffix;
          break;
        case "^":
          value = padding.slice(0, length = padding.length >> 1) + valuePrefix + value + valueSuffix + padding.slice(length);
          break;
        default:
          value = padding + valuePrefix + value + valueSuffix;
          break;
      }
      return numerals(value);
    }
    format2.toString = function() {
      return specifier + "";
    };
    return format2;
  }
  function formatPrefix2(specifier, value) {
    var e = Math.max(-8, Math.min(8, Math.floor(exponent(value) / 3))) * 3, k = Math.pow(10, -e), f = newFormat((specifier = formatSpecifier(specifier), specifier.type = "f", specifier), { suffix: prefixes[8 + e / 3] });
    return function(value2) {
      return f(k * value2);
    };
  }
  return {
    format: newFormat,
    formatPrefix: formatPrefix2
  };
}
var locale;
var format;
var formatPrefix;
defaultLocale({
  thousands: ",",
  grouping: [3],
  currency: ["$", ""]
});
function defaultLocale(definition) {
  locale = formatLocale(definition);
  format = locale.format;
  formatPrefix = locale.formatPrefix;
  return locale;
}
function precisionFixed(step) {
  return Math.max(0, -exponent(Math.abs(step)));
}
function precisionPrefix(step, value) {
  return Math.max(0, Math.max(-8, Math.min(8, Math.floor(exponent(value) / 3))) * 3 - exponent(Math.abs(step)));
}
function precisionRound(step, max2) {
  step = Math.abs(step), max2 = Math.abs(max2) - step;
  return Math.max(0, exponent(max2) - exponent(step)) + 1;
}

// node_modules/d3-scale/src/tickFormat.js
function tickFormat(start, stop, count2, specifier) {
  var step = tickStep(start, stop, count2), precision;
  specifier = formatSpecifier(specifier == null ? ",f" : specifier);
  switch (specifier.type) {
    case "s": {
      var value = Math.max(Math.abs(start), Math.abs(stop));
      if (specifier.precision == null && !isNaN(precision = precisionPrefix(step, value))) specifier.precision = precision;
      return formatPrefix(specifier, value);
    }
    case "":
    case "e":
    case "g":
    case "p":
    case "r": {
      if (specifier.precision == null && !isNaN(precision = precisionRound(step, Math.max(Math.abs(start), Math.abs(stop))))) specifier.precision = precision - (specifier.type === "e");
      break;
    }
    case "f":
    case "%": {
      if (specifier.precision == null && !isNaN(precision = precisionFixed(step))) specifier.precision = precision - (specifier.type === "%") * 2;
      break;
    }
  }
  return format(specifier);
}

// node_modules/d3-scale/src/linear.js
function linearish(scale) {
  var domain = scale.domain;
  scale.ticks = function(count2) {
    var d = domain();
    return ticks(d[0], d[d.length - 1], count2 == null ? 10 : count2);
  };
  scale.tickFormat = function(count2, specifier) {
    var d = domain();
    return tickFormat(d[0], d[d.length - 1], count2 == null ? 10 : count2, specifier);
  };
  scale.nice = function(count2) {
    if (count2 == null) count2 = 10;
    var d = domain();
    var i0 = 0;
    var i1 = d.length - 1;
    var start = d[i0];
    var stop = d[i1];
    var prestep;
    var step;
    var maxIter = 10;
    if (stop < start) {
      step = start, start = stop, stop = step;
      step = i0, i0 = i1, i1 = step;
    }
    while (maxIter-- > 0) {
      step = tickIncrement(start, stop, count2);
      if (step === prestep) {
        d[i0] = start;
        d[i1] = stop;
        return domain(d);
      } else if (step > 0) {
        start = Math.floor(start / step) * step;
        stop = Math.ceil(stop / step) * step;
      } else if (step < 0) {
        start = Math.ceil(start * step) / step;
        stop = Math.floor(stop * step) / step;
      } else {
        break;
      }
      prestep = step;
    }
    return scale;
  };
  return scale;
}
function linear2() {
  var scale = continuous();
  scale.copy = function() {
    return copy2(scale, linear2());
  };
  initRange.apply(scale, arguments);
  return linearish(scale);
}

// node_modules/d3-scale/src/nice.js
function nice(domain, interval) {
  domain = domain.slice();
  var i0 = 0, i1 = domain.length - 1, x0 = domain[i0], x1 = domain[i1], t;
  if (x1 < x0) {
    t = i0, i0 = i1, i1 = t;
    t = x0, x0 = x1, x1 = t;
  }
  domain[i0] = interval.floor(x0);
  domain[i1] = interval.ceil(x1);
  return domain;
}

// node_modules/d3-scale/src/log.js
function transformLog(x3) {
  return Math.log(x3);
}
function transformExp(x3) {
  return Math.exp(x3);
}
function transformLogn(x3) {
  return -Math.log(-x3);
}
function transformExpn(x3) {
  return -Math.exp(-x3);
}
function pow10(x3) {
  return isFinite(x3) ? +("1e" + x3) : x3 < 0 ? 0 : x3;
}
function powp(base) {
  return base === 10 ? pow10 : base === Math.E ? Math.exp : (x3) => Math.pow(base, x3);
}
function logp(base) {
  return base === Math.E ? Math.log : base === 10 && Math.log10 || base === 2 && Math.log2 || (base = Math.log(base), (x3) => Math.log(x3) / base);
}
function reflect(f) {
  return (x3, k) => -f(-x3, k);
}
function loggish(transform) {
  const scale = transform(transformLog, transformExp);
  const domain = scale.domain;
  let base = 10;
  let logs;
  let pows;
  function rescale() {
    logs = logp(base), pows = powp(base);
    if (domain()[0] < 0) {
      logs = reflect(logs), pows = reflect(pows);
      transform(transformLogn, transformExpn);
    } else {
      transform(transformLog, transformExp);
    }
    return scale;
  }
  scale.base = function(_) {
    return arguments.length ? (base = +_, rescale()) : base;
  };
  scale.domain = function(_) {
    return arguments.length ? (domain(_), rescale()) : domain();
  };
  scale.ticks = (count2) => {
    const d = domain();
    let u = d[0];
    let v = d[d.length - 1];
    const r = v < u;
    if (r) [u, v] = [v, u];
    let i2 = logs(u);
    let j = logs(v);
    let k;
    let t;
    const n = count2 == null ? 10 : +count2;
    let z = [];
    if (!(base % 1) && j - i2 < n) {
      i2 = Math.floor(i2), j = Math.ceil(j);
      if (u > 0) for (; i2 <= j; ++i2) {
        for (k = 1; k < base; ++k) {
          t = i2 < 0 ? k / pows(-i2) : k * pows(i2);
          if (t < u) continue;
          if (t > v) break;
          z.push(t);
        }
      }
      else for (; i2 <= j; ++i2) {
        for (k = base - 1; k >= 1; --k) {
          t = i2 > 0 ? k / pows(-i2) : k * pows(i2);
          if (t < u) continue;
          if (t > v) break;
          z.push(t);
        }
      }
      if (z.length * 2 < n) z = ticks(u, v, n);
    } else {
      z = ticks(i2, j, Math.min(j - i2, n)).map(pows);
    }
    return r ? z.reverse() : z;
  };
  scale.tickFormat = (count2, specifier) => {
    if (count2 == null) count2 = 10;
    if (specifier == null) specifier = base === 10 ? "s" : ",";
    if (typeof specifier !== "function") {
      if (!(base % 1) && (specifier = formatSpecifier(specifier)).precision == null) specifier.trim = true;
      specifier = format(specifier);
    }
    if (count2 === Infinity) return specifier;
    const k = Math.max(1, base * count2 / scale.ticks().length);
    return (d) => {
      let i2 = d / pows(Math.round(logs(d)));
      if (i2 * base < base - 0.5) i2 *= base;
      return i2 <= k ? specifier(d) : "";
    };
  };
  scale.nice = () => {
    return domain(nice(domain(), {
      floor: (x3) => pows(Math.floor(logs(x3))),
      ceil: (x3) => pows(Math.ceil(logs(x3)))
    }));
  };
  return scale;
}
function log() {
  const scale = loggish(transformer()).domain([1, 10]);
  scale.copy = () => copy2(scale, log()).base(scale.base());
  initRange.apply(scale, arguments);
  return scale;
}

// headstream/views/shared/draw/scale.ts
function linear3(domain, range) {
  return linear2(domain, range);
}
function logOfCounts(largest2, range) {
  const scale = log([1, 1 + Math.max(1, largest2)], range);
  const powers = Array.from({ length: Math.floor(Math.log10(Math.max(1, largest2))) + 1 }, (_, power) => 10 ** power);
  return Object.assign((count2) => scale(1 + count2), { ticks: () => [0, ...powers] });
}

// headstream/views/film/steps.ts
function nearest(steps, step) {
  let best = 0;
  for (let index = 1; index < steps.length; index++) {
    if (Math.abs(steps[index] - step) < Math.abs(steps[best] - step)) best = index;
  }
  return best;
}
function frameAt(frames, index) {
  let last = 0;
  for (let frame = 1; frame < frames.length; frame++) if (frames[frame] <= index) last = frame;
  return last;
}
function stepScale(steps, range) {
  const last = steps[steps.length - 1];
  const log2 = steps.length > 4 && steps[steps.length >> 1] < last / 3;
  return Object.assign(log2 ? logOfCounts(last, range) : linear3([0, Math.max(1, last)], range), { log: log2 });
}
function rangeOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  const among = sorted[last - 1] - sorted[1];
  const far = (from, to) => last >= 8 && sorted[to] - sorted[from] > among;
  const [least2, most] = [sorted[far(0, 1) ? 1 : 0], sorted[far(last - 1, last) ? last - 1 : last]];
  return most > least2 ? [least2, most] : [least2 - 0.5, most + 0.5];
}

// headstream/views/film/curves.ts
var CHARACTER2 = 0.52;
function curvePlot(key, width, height, em, acts) {
  const area = plot(width, height, { top: 1.9 * em, right: 0.9 * em, bottom: 2 * em, left: 3.2 * em });
  const root = element(
    "div",
    "hs-curves",
    {
      tabindex: 0,
      role: "application",
      "aria-roledescription": "curves over the steps of a training",
      "data-key": key,
      style: `width:${width}px;height:${height}px`
    },
    area.root
  );
  const now = svg("line", { class: "hs-film-now", y1: area.y[0], y2: area.y[1] });
  const dots = svg("g", {});
  let steps = [0];
  let x3 = linear3([0, 1], area.x);
  let y2 = () => 0;
  let drawn;
  let at = 0;
  const under = (event) => {
    const place = event.clientX - root.getBoundingClientRect().left;
    const places = Array.from(steps, (step) => x3(step));
    return nearest(places, place);
  };
  root.addEventListener("pointermove", (event) => acts.point(under(event)));
  root.addEventListener("pointerleave", () => acts.point(null));
  root.addEventListener("blur", () => acts.point(null));
  root.addEventListener("click", (event) => acts.keep(under(event)));
  root.addEventListener("keydown", (event) => {
    const last = steps.length - 1;
    const leads = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last };
    if (event.key in leads) acts.point(Math.min(last, Math.max(0, leads[event.key])));
    else if (event.key === "Enter" || event.key === " ") acts.keep(at);
    else return;
    event.preventDefault();
  });
  return {
    root,
    paint(recorded, next) {
      [steps, drawn] = [recorded, next];
      const scale = stepScale(steps, area.x);
      const by = scale.log ? "by step (log)" : "by step";
      const all = drawn.names.map((name2) => `${plain(name2)}, ${by}`);
      root.setAttribute(
        "aria-label",
        `${all[0]}. Left and right arrow move from step to step, Enter pins, Escape goes to the last.`
      );
      x3 = scale;
      const ends = [...rangeOf(drawn.curves.flatMap(({ values }) => values)), ...drawn.ends ?? []];
      const [low, high] = [Math.min(...ends), Math.max(...ends)];
      const up = linear3([low, high], area.y);
      const inside = (value) => Math.min(area.y[0], Math.max(area.y[1], up(value)));
      y2 = inside;
      area.axes.replaceChildren();
      const heights = up.ticks(height > 9 * em ? 5 : 3);
      const decimals = decimalsOfStep(heights.length > 1 ? heights[1] - heights[0] : 1);
      const shown2 = heights.length > 2 && up(heights[0]) - up(heights[1]) < em ? 2 : 1;
      const read = heights.filter((_, at2) => at2 % shown2 === 0);
      const ticks2 = read.map((value) => ({ at: up(value), label: fixed(value, decimals) }));
      drawAxis(area, { side: "left", ticks: ticks2, gap: 0.5 * em, fontSize: em, rules: true });
      const stepTicks = scale.ticks(Math.max(2, Math.floor(width / em / 6))).filter((step) => Number.isInteger(step)).map((step) => ({ at: x3(step), label: step.toLocaleString("en") }));
      drawAxis(area, { side: "bottom", ticks: stepTicks, gap: 0.4 * em, fontSize: em, rules: false });
      const name = all.find((one2) => one2.length * CHARACTER2 * em < width) ?? plain(drawn.names[drawn.names.length - 1]);
      area.axes.append(svg("text", { class: "hs-axis-name", x: 0, y: 0.9 * em }, name));
      const shape = line_default(
        (_, index) => x3(steps[index]),
        (value) => inside(value)
      );
      area.marks.replaceChildren();
      if (drawn.level !== void 0) {
        const place = inside(drawn.level);
        area.marks.append(svg("line", { class: "hs-film-level", x1: area.x[0], x2: area.x[1], y1: place, y2: place }));
      }
      for (const { values, kind } of drawn.curves) {
        area.marks.append(svg("path", { class: `hs-film-curve ${kind}`, d: shape(values) ?? "" }));
        for (const [index, value] of values.entries()) {
          if (value >= low && value <= high) continue;
          const [place, tip] = [x3(steps[index]), inside(value)];
          const down = up(value) > tip ? 1 : -1;
          const d = `M${place},${tip}l${-0.35 * em},${-0.6 * down * em}h${0.7 * em}Z`;
          area.marks.append(svg("path", { class: "hs-film-outside", d, "data-value": value }));
        }
      }
      area.marks.append(now, dots);
    },
    /** The step that is shown, and the curves that are dotted there. */
    mark(index, kinds) {
      at = index;
      const place = x3(steps[index]);
      now.setAttribute("x1", String(place));
      now.setAttribute("x2", String(place));
      const dotted = drawn.curves.filter(({ kind }) => kind.includes(kinds));
      dots.replaceChildren(
        ...dotted.map(
          ({ values, kind }) => svg("circle", { class: `hs-film-dot ${kind}`, cx: place, cy: y2(values[index]), r: 0.3 * em })
        )
      );
    }
  };
}

// headstream/views/film/layout.ts
var WIDE = 30;
var HEIGHT = { least: 6.5, good: 12, stacked: 8 };
function layout2(width, height) {
  const beside2 = width >= WIDE;
  const [rows, gap, between2] = [beside2 ? 1 : 2, beside2 ? 2 : 0.4, 0.8];
  const most = beside2 ? HEIGHT.good : HEIGHT.stacked;
  const share = height === null ? most : 0.34 * height / rows;
  return {
    width: beside2 ? (width - gap) / 2 : width,
    height: Math.max(HEIGHT.least, Math.min(most, share)),
    rows,
    gap,
    between: between2
  };
}

// headstream/views/film/words.ts
var count = (step) => step.toLocaleString("en");
function stepSentence(at) {
  const place = at.step === at.last ? `Step ${count(at.step)}, the last` : `Step ${count(at.step)} of ${count(at.last)}`;
  const filmed = at.frame === at.step ? "" : ` Patterns of step ${count(at.frame)}.`;
  return `${place}: loss ${fixed(at.loss, 2)}, in context ${signed(at.late - at.early, 2)}; a first copy ${fixed(at.first, 2)}, a second ${fixed(at.second, 2)}. Head ${at.head}: prefix matching ${probability(at.prefix)}, previous token ${probability(at.previous)}.${filmed}`;
}

// headstream/views/film/index.ts
var READERS = {
  tokens: texts,
  name: text,
  steps: array("int32", 1),
  losses: array("float32", 2),
  scores_of_heads: array("float32", 4),
  nulls: array("float32", 1),
  frames: array("int32", 1),
  pattern: array("uint8", 4),
  bands: texts,
  roles: texts,
  verdict: text,
  curves: oneOf("loss", "in context", "two copies"),
  scores: oneOf("prefix matching", "previous token")
};
var SCORES = ["prefix matching", "previous token"];
var named4 = (options) => Object.fromEntries(options.map((option) => [option, option]));
function create(frame) {
  const { traits, selection } = frame;
  let to;
  let by;
  let plots;
  let patterns;
  let verdict = "";
  let weights = [];
  let chosen = -1;
  let shown2 = -1;
  const parts = patternParts(selection, role);
  const curves = select(frame, "curves", "Curves", named4(["loss", "in context", "two copies"]));
  const scores = select(frame, "scores", "Heads", named4(SCORES));
  const play = player(
    "step",
    {
      label: "Step",
      count: () => traits.steps.data.length,
      at: () => indexOf(selection.current().step),
      go,
      format: (index) => traits.steps.data[index].toLocaleString("en")
    },
    frame.signal
  );
  frame.controls.append(play.root, curves.root, scores.root, parts.zoom);
  const step = (index) => traits.steps.data[index];
  const at = (index) => `Step ${step(index).toLocaleString("en")}.`;
  const lastIndex = () => traits.steps.data.length - 1;
  const indexOf = (chosenStep) => chosenStep === null ? lastIndex() : nearest(traits.steps.data, chosenStep);
  function go(index) {
    selection.pin({ step: index === lastIndex() ? null : step(index) });
  }
  const acts = {
    point: (index) => selection.preview(index === null ? null : { step: step(index) }),
    keep: go
  };
  function surround() {
    const tight = frame.room === "little" || frame.room === "some";
    [to, by] = encodings(frame.theme, "p", tight);
    frame.legend.replaceChildren(to.legend(), by.legend(), ...left());
    frame.title(`The training of ${plain(traits.name)}`);
    parts.zoom.hidden = parts.small(traits.tokens);
    for (const control of [curves, scores]) control.update();
  }
  function left() {
    const [all, filmed] = [traits.steps.data.length, traits.frames.data.length];
    return all === filmed ? [] : [element("span", "hs-quiet", {}, `patterns at ${filmed} of ${all} steps`)];
  }
  return {
    build() {
      checked(traits);
      const { tokens, pattern } = traits;
      const [, layers, heads] = pattern.shape;
      selection.sizes = { layer: layers, head: heads, position: tokens.length, key: tokens.length };
      surround();
      const { width, fontSize: em } = frame;
      const height = frame.heightLeft();
      const room = layout2(width / em, height === null ? null : height / em);
      plots = ["plot-losses", "plot-scores"].map((key) => curvePlot(key, room.width * em, room.height * em, em, acts));
      const above2 = element("div", "hs-film-curves", { style: `gap:${room.gap}em` }, ...plots.map((one2) => one2.root));
      patterns = parts.make(tokens, { width, em, layers, heads }, () => {
        return height === null ? null : height - (room.rows * room.height + (room.rows - 1) * room.gap + room.between) * em;
      });
      frame.picture.replaceChildren(element("div", "hs-film-parts", {}, above2, patterns.root));
      chosen = -1;
    },
    paint() {
      checked(traits);
      verdict = plain(traits.verdict);
      selection.sizes.step = step(lastIndex()) + 1;
      weights = [];
      shown2 = -1;
      surround();
      plots[0].paint(traits.steps.data, losses(traits));
      chosen = -1;
    },
    select(current, pinned) {
      const { steps, frames, tokens } = traits;
      const index = indexOf(current.step);
      const place = frameAt(frames.data, index);
      const head = headOf(current.layer, current.head);
      const number5 = head.layer * traits.pattern.shape[2] + head.head;
      if (number5 !== chosen) plots[1].paint(steps.data, headScores(traits, number5));
      chosen = number5;
      plots[0].mark(index, "");
      plots[1].mark(index, "hs-chosen");
      weights[place] ??= weightsOf(place);
      if (place !== shown2) patterns.paint(weights[place], to, by);
      shown2 = place;
      patterns.select(head, { ...current, ...head }, pinned);
      play.update();
      const where = sentence(weights[place], tokens, { ...head, role: role(head) }, current);
      if (current.position !== null) frame.say(`${at(index)} ${where}`);
      else if (current.step === null && !selection.previewing && current.head === null) frame.say(verdict);
      else frame.say(spoken(index, place, head));
    }
  };
  function role({ layer, head }) {
    return traits.roles[layer * traits.pattern.shape[2] + head] ?? "";
  }
  function headOf(layer, head) {
    const [, , layers, heads] = traits.scores_of_heads.shape;
    if (layer !== null || head !== null) return { layer: layer ?? 0, head: head ?? 0 };
    const from = lastIndex() * layers * heads;
    const last = Array.from(traits.scores_of_heads.data.subarray(from, from + layers * heads));
    const best = last.indexOf(Math.max(...last));
    return { layer: Math.floor(best / heads), head: best % heads };
  }
  function weightsOf(at2) {
    const { pattern, tokens } = traits;
    const [, layers, heads, each] = pattern.shape;
    const size = layers * heads * each;
    const data = pattern.data.subarray(at2 * size, (at2 + 1) * size);
    return new Weights({ shape: [layers, heads, each], data, half: false }, true, tokens.length, null, false);
  }
  function spoken(index, at2, { layer, head }) {
    const [loss, early, late, first, second] = [0, 1, 2, 3, 4].map((row) => rowOf(traits, row)[index]);
    const [prefix, previous] = [0, 1].map(
      (which) => scoreOf(traits, which, layer * traits.pattern.shape[2] + head)[index]
    );
    const frameStep = step(traits.frames.data[at2]);
    const places = {
      step: step(index),
      last: step(lastIndex()),
      frame: frameStep,
      head: `${layer}.${head} ${role({ layer, head })}`.trim()
    };
    return stepSentence({ ...places, loss, early, late, first, second, prefix, previous });
  }
}
var rowOf = ({ losses: losses2 }, row) => {
  const [, steps] = losses2.shape;
  return Array.from(losses2.data.subarray(row * steps, (row + 1) * steps));
};
var scoreOf = ({ scores_of_heads }, which, number5) => {
  const [, steps, layers, heads] = scores_of_heads.shape;
  const each = layers * heads;
  return Array.from({ length: steps }, (_, index) => scores_of_heads.data[(which * steps + index) * each + number5]);
};
function losses(traits) {
  const [loss, early, late, first, second] = [0, 1, 2, 3, 4].map((row) => rowOf(traits, row));
  if (traits.curves === "loss") {
    return {
      names: ["loss on text it was not trained on, nats a token", "loss, nats a token"],
      curves: [{ values: loss, kind: "hs-first" }]
    };
  }
  if (traits.curves === "two copies") {
    return {
      names: ["loss on random tokens, dotted, and on their second copy, nats", "two copies; dotted: first"],
      curves: [
        { values: first, kind: "hs-second" },
        { values: second, kind: "hs-first" }
      ]
    };
  }
  return {
    names: [`loss ${traits.bands[1]} minus loss ${traits.bands[0]}, nats`, "late loss minus early"],
    curves: [{ values: late.map((value, index) => value - early[index]), kind: "hs-first" }],
    level: 0
  };
}
function headScores(traits, chosen) {
  const [, , layers, heads] = traits.scores_of_heads.shape;
  const which = SCORES.indexOf(traits.scores);
  const order = Array.from({ length: layers * heads }, (_, number5) => number5).filter((number5) => number5 !== chosen);
  const curves = [...order, chosen].map((number5) => ({
    values: scoreOf(traits, which, number5),
    kind: number5 === chosen ? "hs-chosen" : "hs-other"
  }));
  return {
    names: [`${traits.scores}, every head; dashed: even attention`, traits.scores],
    curves,
    level: traits.nulls.data[which],
    ends: [0, 0]
  };
}
function checked({
  tokens,
  steps,
  losses: losses2,
  scores_of_heads,
  nulls,
  frames,
  pattern,
  bands,
  roles
}) {
  const [count2] = steps.shape;
  const [filmed] = frames.shape;
  const [, layers, heads] = pattern.shape;
  if (!count2 || !filmed || !layers || !heads || !tokens.length) {
    throw new Damaged("pattern: expected a step, a layer, a head and a token at least");
  }
  fits("losses", losses2.shape, [5, count2]);
  fits("scores_of_heads", scores_of_heads.shape, [2, count2, layers, heads]);
  fits("nulls", nulls.shape, [2]);
  fits("pattern", pattern.shape, [filmed, layers, heads, tokens.length * (tokens.length + 1) / 2]);
  fits("bands", [bands.length], [2]);
  if (roles.length) fits("roles", [roles.length], [layers * heads]);
  if (frames.data.some((index) => index < 0 || index >= count2)) throw new Damaged("frames: expected recorded steps");
}
var film_default = defineView({
  name: "film",
  readers: READERS,
  structure: ({ tokens, pattern, roles }) => [tokens, pattern.shape.slice(1, 3), roles],
  create
});
export {
  film_default as default
};
