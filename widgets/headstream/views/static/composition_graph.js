// headstream/views/shared/draw/dom.ts
function element(tag, className = "", attributes = {}, ...children) {
  const node2 = document.createElement(tag);
  if (className) node2.className = className;
  setAttributes(node2, attributes);
  node2.append(...children);
  return node2;
}
function svg(tag, attributes = {}, ...children) {
  const node2 = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(node2, attributes);
  node2.append(...children);
  return node2;
}
function setAttributes(node2, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === void 0) node2.removeAttribute(name);
    else node2.setAttribute(name, value === true ? "" : String(value));
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
      let largest = 0;
      for (let key = 0; key < length; key++) largest = Math.max(largest, this.norms[head * length + key]);
      this.scale[head] = largest > 0 ? 1 / largest : 1;
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
    const ends = Int32Array.from({ length: size }, (_, number2) => Math.ceil((number2 + 1) * span / size));
    for (let row = 0; row < span; row++) {
      const start = place(row) * size;
      const first = one2 * this.perHead + this.starts[query + row] + key;
      const seen2 = Math.min(span, this.starts[query + row + 1] - this.starts[query + row] - key);
      for (let number2 = 0, column = 0; column < seen2; number2++) {
        const end = Math.min(seen2, ends[number2]);
        let largest = out[start + number2];
        for (; column < end; column++) {
          let weight = values ? values[codes[first + column]] : codes[first + column];
          if (norms) weight *= norms[one2 * this.length + key + column] * this.scale[one2];
          if (!(Math.abs(weight) <= Math.abs(largest))) largest = weight;
        }
        out[start + number2] = largest;
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
function color(format) {
  var m, l;
  format = (format + "").trim().toLowerCase();
  return (m = reHex.exec(format)) ? (l = m[1].length, m = parseInt(m[1], 16), l === 6 ? rgbn(m) : l === 3 ? new Rgb(m >> 8 & 15 | m >> 4 & 240, m >> 4 & 15 | m & 240, (m & 15) << 4 | m & 15, 1) : l === 8 ? rgba(m >> 24 & 255, m >> 16 & 255, m >> 8 & 255, (m & 255) / 255) : l === 4 ? rgba(m >> 12 & 15 | m >> 8 & 240, m >> 8 & 15 | m >> 4 & 240, m >> 4 & 15 | m & 240, ((m & 15) << 4 | m & 15) / 255) : null) : (m = reRgbInteger.exec(format)) ? new Rgb(m[1], m[2], m[3], 1) : (m = reRgbPercent.exec(format)) ? new Rgb(m[1] * 255 / 100, m[2] * 255 / 100, m[3] * 255 / 100, 1) : (m = reRgbaInteger.exec(format)) ? rgba(m[1], m[2], m[3], m[4]) : (m = reRgbaPercent.exec(format)) ? rgba(m[1] * 255 / 100, m[2] * 255 / 100, m[3] * 255 / 100, m[4]) : (m = reHslPercent.exec(format)) ? hsla(m[1], m[2] / 100, m[3] / 100, 1) : (m = reHslaPercent.exec(format)) ? hsla(m[1], m[2] / 100, m[3] / 100, m[4]) : named.hasOwnProperty(format) ? rgbn(named[format]) : format === "transparent" ? new Rgb(NaN, NaN, NaN, 0) : null;
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
  const linear2 = (v) => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear2(r) + 0.7152 * linear2(g) + 0.0722 * linear2(b);
}
function themeOf(element2) {
  for (let node2 = element2; node2; node2 = above(node2)) {
    const channels = channelsOf(getComputedStyle(node2).backgroundColor);
    if (channels && channels[3] > 0.5) return luminance(channels[0], channels[1], channels[2]) < 0.2 ? "dark" : "light";
  }
  return "light";
}
function above(node2) {
  const root = node2.getRootNode();
  return node2.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
function channelsOf(color2) {
  const found = /^(rgba?|color)\((?:[a-z][\w-]* )?([^)]*)\)$/.exec(color2);
  const numbers2 = found?.[2].match(/[\d.]+(?:e-?\d+)?%?/g)?.map((part) => {
    return part.endsWith("%") ? Number.parseFloat(part) / 100 : Number(part);
  });
  if (!found || !numbers2 || numbers2.length < 3) return null;
  const full = found[1] === "color" ? 255 : 1;
  return [numbers2[0] * full, numbers2[1] * full, numbers2[2] * full, numbers2[3] ?? 1];
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
  const text3 = shortened(plain(label), QUOTED);
  return RIGHT_TO_LEFT.test(text3) ? `‘⁨${text3}⁩’` : `‘${text3}’`;
}
function writeSentence(into, sentence) {
  const parts = sentence.split(/(‘ ?[^ ’]{1,13}’|' ?[^ ']{1,13}')/);
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
function shortened(text3, limit) {
  const characters = [...text3];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text3;
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
  const exponent = bits2 >> 10 & 31;
  const fraction = bits2 & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
function decode(value, name, dtypes, axes) {
  const { shape, dtype, scale, bytes } = received(value, name, dtypes, axes);
  return { shape, data: typed(bytes, dtype, scale), half: dtype === "float16" };
}
function received(value, name, dtypes, axes) {
  const wire = value;
  if (typeof wire !== "object" || wire === null) throw new Damaged(`${name}: expected an array, got ${shown(value)}`);
  const { dtype, shape, scale, deflated, data } = wire;
  if (!dtypes.includes(dtype)) throw new Damaged(`${name}: expected ${dtypes.join(" or ")}, got ${shown(dtype)}`);
  const counts = Array.isArray(shape) && shape.every((size2) => Number.isInteger(size2) && size2 >= 0);
  if (!counts || shape.length !== axes) throw new Damaged(`${name}: expected ${axes} axes, got shape ${shown(shape)}`);
  if (!(data instanceof DataView)) throw new Damaged(`${name}: its bytes are missing`);
  const size = shape.reduce((product2, count) => product2 * count, 1);
  const wanted = size * BYTES2[dtype];
  const fits2 = deflated ? wanted <= MOST_DEFLATED * data.byteLength : wanted === data.byteLength;
  if (!fits2 || shape.some((count) => count > Math.max(1, size))) {
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
  const wanted = shape.reduce((product2, count) => product2 * count, BYTES2[dtype]);
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
  const text3 = typeof value === "string" ? `'${value}'` : JSON.stringify(value) ?? String(value);
  return text3.length > 60 ? `one ${typeof value}` : text3;
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
function optional(read) {
  return (value, name) => value === null || value === void 0 ? null : read(value, name);
}
function array(dtypes, axes) {
  const allowed = typeof dtypes === "string" ? [dtypes] : dtypes;
  return (value, name) => decode(value, name, allowed, axes);
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
function toggle(frame, trait, label) {
  const { traits, set } = bound(frame);
  const button = element("button", "hs-button", { type: "button", "data-key": trait }, label);
  button.addEventListener("click", () => set({ [trait]: !traits[trait] }));
  return { root: button, update: () => button.setAttribute("aria-pressed", String(traits[trait])) };
}
function slider(frame, trait, label, range, format) {
  const { traits, set, attempt } = bound(frame);
  const input = element("input", "hs-slider", { type: "range", "aria-label": label, "data-key": trait, ...range });
  const output = element("output", "hs-number");
  input.addEventListener("input", () => attempt({ [trait]: Number(input.value) }));
  input.addEventListener("change", () => set({ [trait]: Number(input.value) }));
  return {
    root: element("label", "hs-choice", {}, element("span", "hs-quiet", {}, label), input, output),
    update() {
      const value = traits[trait];
      input.value = String(value);
      output.textContent = format(value);
      input.setAttribute("aria-valuetext", output.textContent);
    },
    /** Other ends, for what is drawn now; before `update`. */
    bounds(other) {
      for (const [name, value] of Object.entries(other)) input.setAttribute(name, String(value));
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
function copy(node2, out, frame, around) {
  const style = getComputedStyle(node2);
  const box = node2.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || box.width === 0 || box.height === 0) return;
  if (node2.hasAttribute("data-hs-unsaved")) return;
  const left = seen(box, around);
  if (left.width <= 0 || left.height <= 0) return;
  if (node2 instanceof HTMLCanvasElement && left.width * left.height < 0.5 * box.width * box.height) return;
  const sight = style.overflowY === "visible" ? around : left;
  const x3 = box.left - frame.left;
  const y2 = box.top - frame.top;
  if (node2 instanceof HTMLCanvasElement) {
    const href = node2.toDataURL("image/png");
    const place = { x: x3, y: y2, width: box.width, height: box.height, preserveAspectRatio: "none" };
    out.append(
      svg("image", { ...place, href, opacity: style.opacity, style: `image-rendering:${style.imageRendering}` })
    );
    return;
  }
  if (node2 instanceof SVGSVGElement) {
    const copied = node2.cloneNode(true);
    const originals = node2.querySelectorAll("*");
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
  for (const child of node2.childNodes) {
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
function paintText(text3, style, out, frame, sight) {
  for (const { content, left, baseline } of lines(text3, Number.parseFloat(style.fontSize))) {
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
function lines(text3, fontSize) {
  const result = [];
  const range = document.createRange();
  let offset = 0;
  for (const character of text3.data) {
    range.setStart(text3, offset);
    offset += character.length;
    range.setEnd(text3, offset);
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
  const text3 = new XMLSerializer().serializeToString(toSvg(root, background));
  return text3.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "�");
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
  for (let node2 = above(element2); node2 && node2 !== document.body; node2 = above(node2)) {
    if (/auto|scroll/.test(getComputedStyle(node2).overflowY)) boxes.push(node2);
  }
  const before = boxes.map((box) => box.clientHeight);
  element2.style.minHeight = TALL;
  const fixed2 = boxes.filter((box, index) => box.clientHeight > 0 && box.clientHeight === before[index]);
  element2.style.minHeight = "";
  return fixed2.at(-1) ?? null;
}
function heightInSight(scroller) {
  const framed = window.top !== window;
  const height2 = scroller?.clientHeight ?? (framed ? 0.8 * screen.availHeight : window.innerHeight);
  return height2 > 0 ? Math.max(0, height2 - AROUND2) : null;
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
      const inflated2 = inflatedAhead(sent)?.then((whole2) => void Object.assign(one2, { whole: whole2, coming: null }));
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
      const select = () => {
        if (drawn && pending === 0) view.select(selection.current(), selection.pinned());
        busy();
      };
      const selection = new SharedSelection(model, host, signal, select);
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
        title(text3) {
          const wanted = plain(common.now.title || text3);
          if (heading.textContent === wanted) return;
          writeSentence(heading, wanted);
          root.setAttribute("aria-label", wanted);
        },
        say(text3) {
          if (readout.textContent !== text3) writeSentence(readout, text3);
        },
        onClear: (run) => clearing.push(run),
        reselect: select
      };
      function leftOf(height3) {
        const others = root.getBoundingClientRect().height - picture.getBoundingClientRect().height;
        return Math.floor(Math.max(LEAST * frame.fontSize, height3 - others));
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
        if (measured) frame.height = height2();
        frame.room = roomFor(frame.width, frame.fontSize);
        root.dataset.room = frame.room;
        root.toggleAttribute("data-low", frame.height !== null && frame.height < LOW * frame.fontSize);
      }
      function height2() {
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
          const sentence = `This view cannot be drawn, for what was saved of it is damaged: ${plain(error.message)}.`;
          picture.replaceChildren(element("p", "hs-damaged", { role: "alert" }, sentence));
          legend.replaceChildren();
        }
        select();
      }
      const view = create2(frame);
      controls.append(menu(common, lecture, root, figure, name));
      const resized = () => {
        const width = Math.floor(root.clientWidth);
        if (width !== frame.width || width > 0 && height2() !== frame.height) remeasure();
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
        for (let node2 = above(el); node2; node2 = above(node2)) {
          if (node2.getRootNode() === document && node2 !== document.body && node2 !== document.documentElement) continue;
          theme.observe(node2, { attributes: true, attributeFilter: THEME_ATTRIBUTES });
        }
      }
      const arranged2 = new MutationObserver(remeasure);
      arranged2.observe(el, { attributes: true, attributeFilter: ARRANGED });
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
        arranged2.disconnect();
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
      const next2 = items.step(item, event.key, event);
      if (next2 === void 0) return;
      const element2 = next2 === null ? null : items.element(next2);
      if (next2 !== null && element2) {
        reach(element2);
        element2.focus();
        items.point(next2);
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
function listStep(index, key, count) {
  const last = count - 1;
  const steps = {
    ArrowRight: index + 1,
    ArrowDown: index + 1,
    ArrowLeft: index - 1,
    ArrowUp: index - 1,
    Home: 0,
    End: last
  };
  const next2 = steps[key];
  return next2 === void 0 ? void 0 : Math.min(last, Math.max(0, next2));
}
function gridStep([row, column], key, [rows, columns]) {
  const steps = {
    ArrowRight: [row, column + 1],
    ArrowLeft: [row, column - 1],
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    Home: [row, 0],
    End: [row, columns - 1]
  };
  const next2 = steps[key];
  if (!next2) return void 0;
  return next2[0] >= 0 && next2[0] < rows && next2[1] >= 0 && next2[1] < columns ? next2 : null;
}

// headstream/views/shared/parts/strip.ts
function tokenStrip(labels, selection, name, { write, part = (position) => ({ position, key: null }), step } = {}) {
  const token = element("span", "hs-token", { role: "option", tabindex: -1 });
  const dot = element("span", "hs-space", {}, "·");
  const spans = running(labels).map((text3, index) => {
    const span = token.cloneNode();
    span.setAttribute("aria-label", `${index}: ${visible(labels[index])}`);
    span.setAttribute("data-position", String(index));
    span.setAttribute("data-key", `token-${index}`);
    if (write) write(span, text3);
    else fill(span, text3, dot);
    return span;
  });
  const root = element("div", "hs-strip", { role: "listbox", "aria-label": name, "aria-orientation": "horizontal" });
  let lines3 = root;
  spans.forEach((span, index) => {
    if (!write && (index === 0 || labels[index - 1].endsWith("\n"))) {
      lines3 = element("div", "hs-paragraph", { role: "presentation" });
      root.append(lines3);
    }
    const begins = /^\s/.test(labels[index]) || index > 0 && isSpecial(labels[index - 1]);
    if (!write && begins) lines3.append(element("wbr"));
    lines3.append(span);
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
      const next2 = index === null ? null : spans[index] ?? null;
      if (next2 !== current) {
        current?.classList.remove("hs-current");
        current?.setAttribute("aria-selected", "false");
        current = next2;
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
function fill(span, text3, dot) {
  for (const part of visible(text3).split(/(·)/)) {
    if (part === "·") span.append(dot.cloneNode(true));
    else if (part) span.append(part);
  }
  if (!text3) span.append(element("span", "hs-space", {}, "‿"));
}

// headstream/views/shared/text/format.ts
var MINUS = "−";
function fixed(value, decimals) {
  const text3 = Number.isFinite(value) ? Math.abs(value).toFixed(decimals) : Number.isNaN(value) ? "–" : "∞";
  return value < 0 && Number(text3) !== 0 ? MINUS + text3 : text3;
}
function probability(p) {
  if (p > 0 && p < 5e-3) return "<.01";
  if (p < 1 && p >= 0.995) return ">.99";
  return p.toFixed(2).replace(/^0/, "");
}

// headstream/views/composition_graph/edges.ts
var READS = ["Q", "K", "V"];
var STANDS_OUT = 3;
var MOST = 150;
function headsOf({ shape, data }) {
  fits("heads", shape, [shape[0], 2]);
  if (!shape[0]) throw new Damaged("heads: expected one at least");
  return Array.from({ length: shape[0] }, (_, index) => ({ layer: data[2 * index], head: data[2 * index + 1] }));
}
var Edges = class {
  constructor(sent) {
    this.sent = sent;
    this.heads = headsOf(sent.heads);
    const size = this.heads.length;
    this.pairs = new Int32Array(size * size).fill(-1);
    this.heads.forEach((from, a) => {
      this.indices.set(`${from.layer}.${from.head}`, a);
      this.heads.forEach((to, b) => {
        if (from.layer < to.layer) this.pairs[a * size + b] = this.ends.push([a, b]) - 1;
      });
    });
    const count = this.ends.length;
    for (const name of ["scores", "null", "null_sd"]) fits(name, sent[name].shape, [READS.length * count]);
    for (const name of ["copying", "matching"]) fits(name, sent[name].shape, [count]);
    const above2 = Float64Array.from({ length: READS.length * count }, (_, id) => this.excess(id));
    this.order = Int32Array.from(above2.keys()).filter((id) => above2[id] > 0 && above2[id] >= STANDS_OUT * sent.null_sd.data[id]).sort((one2, other) => above2[other] - above2[one2] || one2 - other);
  }
  sent;
  heads;
  indices = /* @__PURE__ */ new Map();
  /** [pair]: its two heads; and [from, to]: the pair, -1 for none. */
  ends = [];
  pairs;
  /** The numbers of edges that stand out, read × pairs + pair, by their excess, the largest first. */
  order;
  excess(id) {
    return this.sent.scores.data[id] - this.sent.null.data[id];
  }
  made = /* @__PURE__ */ new Map();
  /** The same object for the same edge. */
  edge(id) {
    const kept = this.made.get(id);
    if (kept) return kept;
    const count = this.ends.length;
    const [from, to] = this.ends[id % count];
    const [score, mean, sd] = [this.sent.scores.data[id], this.sent.null.data[id], this.sent.null_sd.data[id]];
    const edge = { read: Math.floor(id / count), from, to, score, null: mean, sd, excess: this.excess(id) };
    this.made.set(id, edge);
    return edge;
  }
  /** The place of a head in the list, or null. */
  find(layer, head) {
    return this.indices.get(`${layer}.${head}`) ?? null;
  }
  /** How many edges there could be, and how far the largest stands above its null. */
  get count() {
    return READS.length * this.ends.length;
  }
  get largest() {
    return this.order.length ? this.excess(this.order[0]) : 0;
  }
  /** The strongest of the edges that stand out so far above their nulls, the strongest first, and how many there are in all. */
  shown(threshold, reads) {
    const edges = [];
    let total = 0;
    for (const id of this.order) {
      if (this.excess(id) < threshold) break;
      if (!reads[Math.floor(id / this.ends.length)]) continue;
      if (total < MOST) edges.push(this.edge(id));
      total += 1;
    }
    return { edges, total };
  }
  /** What the later of two heads reads of the earlier one, as query, key and value; null where neither is in an earlier layer. */
  between(from, to) {
    const pair = this.pairs[from * this.heads.length + to];
    return pair < 0 ? null : READS.map((_, read) => this.edge(read * this.ends.length + pair));
  }
  /** Σλ / Σ|λ| of the virtual head's OV and QK. */
  virtual({ from, to }) {
    const pair = this.pairs[from * this.heads.length + to];
    return { copying: this.sent.copying.data[pair], matching: this.sent.matching.data[pair] };
  }
};
function decimalsOf(sds) {
  let largest = 0;
  for (let i2 = 0; i2 < sds.length; i2++) largest = Math.max(largest, sds[i2]);
  return largest > 0 ? Math.min(5, Math.max(3, Math.ceil(-Math.log10(largest)))) : 3;
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
  var defined = constant_default2(true), context = null, curve2 = linear_default, output = null, path2 = withPath(line);
  x3 = typeof x3 === "function" ? x3 : x3 === void 0 ? x2 : constant_default2(x3);
  y2 = typeof y2 === "function" ? y2 : y2 === void 0 ? y : constant_default2(y2);
  function line(data) {
    var i2, n = (data = array_default(data)).length, d, defined0 = false, buffer;
    if (context == null) output = curve2(buffer = path2());
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
    return arguments.length ? (curve2 = _, context != null && (output = curve2(context)), line) : curve2;
  };
  line.context = function(_) {
    return arguments.length ? (_ == null ? context = output = null : output = curve2(context = _), line) : context;
  };
  return line;
}

// node_modules/d3-shape/src/curve/bump.js
var Bump = class {
  constructor(context, x3) {
    this._context = context;
    this._x = x3;
  }
  areaStart() {
    this._line = 0;
  }
  areaEnd() {
    this._line = NaN;
  }
  lineStart() {
    this._point = 0;
  }
  lineEnd() {
    if (this._line || this._line !== 0 && this._point === 1) this._context.closePath();
    this._line = 1 - this._line;
  }
  point(x3, y2) {
    x3 = +x3, y2 = +y2;
    switch (this._point) {
      case 0: {
        this._point = 1;
        if (this._line) this._context.lineTo(x3, y2);
        else this._context.moveTo(x3, y2);
        break;
      }
      case 1:
        this._point = 2;
      // falls through
      default: {
        if (this._x) this._context.bezierCurveTo(this._x0 = (this._x0 + x3) / 2, this._y0, this._x0, y2, x3, y2);
        else this._context.bezierCurveTo(this._x0, this._y0 = (this._y0 + y2) / 2, x3, this._y0, x3, y2);
        break;
      }
    }
    this._x0 = x3, this._y0 = y2;
  }
};
function bumpY(context) {
  return new Bump(context, false);
}

// headstream/views/composition_graph/layout.ts
var CHARACTER = 0.52;
var ROLE = { character: 0.44, line: 0.95 };
var AROUND3 = 0.5;
var GAP = 0.45;
var LABEL = 1.7;
var SMALLEST = 0.85;
var NODE = 1.45;
var LETTER = { width: 0.62, height: 0.85 };
var ROW = { least: 1.6, good: 3.4, most: { beside: 18, below: 4.5 } };
var PANEL = { least: 25, most: 46, share: 0.42, gap: 1.6 };
var PART = { numbers: 8.4, table: 14, text: 5.4, caption: 2.9 };
var SQUARE = { least: 5, most: 15, gap: 0.7 };
var LOWEST = 14;
function layout(input) {
  const { width, height: height2, em, patterns: patterns2 } = input;
  const room = roomFor(width, em);
  const beside = room === "much" || room === "plenty";
  const panel = beside ? Math.floor(Math.min(PANEL.most * em, Math.max(PANEL.least * em, PANEL.share * width))) : width;
  const square = patterns2 ? Math.floor(Math.min(SQUARE.most * em, (panel - 2 * SQUARE.gap * em - 4) / 3)) : 0;
  const across = beside ? width - panel - PANEL.gap * em : width;
  if (!beside) {
    const most = height2 === null ? Number.POSITIVE_INFINITY : 0.6 * height2;
    return { beside, height: null, graph: graph(input, across, most, ROW.most.below), panel, square };
  }
  const needed = em * (PART.numbers + PART.table + (patterns2 ? PART.text + PART.caption : 0)) + square;
  const rows = new Set(input.heads.map(({ layer }) => layer)).size;
  const wanted = Math.max(needed, (ROW.good + linesOf(input.roles) * ROLE.line) * em * rows);
  const tall = Math.floor(Math.max(LOWEST * em, Math.min(wanted, height2 ?? wanted)));
  const seen2 = Math.min(square, Math.max(SQUARE.least * em, tall - (PART.numbers + PART.caption + 0.5) * em));
  const side = patterns2 ? Math.floor(seen2) : 0;
  return {
    beside,
    height: height2 === null ? null : tall,
    graph: graph(input, across, tall, ROW.most.beside),
    panel,
    square: side
  };
}
var linesOf = (roles) => Math.max(0, ...roles.map((role) => role ? role.split(" ").length : 0));
function graph({ em, heads, roles }, width, height2, most) {
  const ranks = (values) => [...new Set(values)].sort((a, b) => a - b);
  const layers = ranks(heads.map(({ layer }) => layer));
  const columns = ranks(heads.map(({ head }) => head));
  const left = Math.floor(LABEL * em);
  const cell = Math.max(SMALLEST * em, (width - left) / columns.length);
  const digits = String(columns.at(-1)).length;
  const full = digits + 1 + String(layers.at(-1)).length;
  const wide = (characters) => (CHARACTER * characters + AROUND3) * em;
  const naming = cell - GAP * em >= wide(full) ? "full" : cell >= wide(digits) ? "head" : "dot";
  const high = height2 / layers.length;
  const words = roles.flatMap((role) => role.split(" ")).map((word) => word.length);
  const lines3 = linesOf(roles);
  const labelled = NODE + lines3 * ROLE.line;
  const written = lines3 > 0 && naming === "full" && cell >= (ROLE.character * Math.max(...words) + AROUND3 + GAP) * em && high >= (labelled + ROW.least) * em;
  const tall = (written ? labelled : NODE) * em;
  const pitch = Math.floor(Math.max(tall + ROW.least * em, Math.min(high, most * em)));
  const name = naming === "full" ? wide(full) : naming === "head" ? wide(digits) - AROUND3 * 0.4 * em : 0.55 * em;
  const node2 = {
    width: Math.floor(written ? cell - GAP * em : Math.min(name, cell - (naming === "dot" ? 0.2 : GAP) * em)),
    height: Math.floor(naming === "dot" ? 0.9 * em : tall)
  };
  return {
    width: left + cell * columns.length,
    height: pitch * layers.length,
    left,
    cell,
    pitch,
    node: node2,
    entry: {
      apart: Math.min(1.1 * em, Math.max(0.3 * node2.width, Math.min(LETTER.width * em, cell / 3))),
      below: naming === "dot" ? 0 : LETTER.height * em
    },
    naming,
    roles: written,
    layers,
    rows: heads.map(({ layer }) => layers.indexOf(layer)),
    x: heads.map(({ head }) => left + (columns.indexOf(head) + 0.5) * cell)
  };
}
function rowY({ height: height2, pitch }, row) {
  return height2 - (row + 0.5) * pitch;
}
function entry(graph3, to, read) {
  const { x: x3, rows, node: node2, entry: entry2 } = graph3;
  return [x3[to] + (read - 1) * entry2.apart, rowY(graph3, rows[to]) + 0.5 * node2.height + entry2.below];
}
function route(graph3, { from, to, read }) {
  const { left, cell, node: node2, rows, x: x3 } = graph3;
  const half = 0.5 * node2.height;
  const points = [[x3[from], rowY(graph3, rows[from]) - half]];
  const end = entry(graph3, to, read);
  const shift = ((5 * from + 3 * to + read) % 5 - 2) * Math.min(4, 0.2 * (cell - node2.width));
  let at = x3[from];
  for (let row = rows[from] + 1; row < rows[to]; row++) {
    const straight = at + (end[0] - at) / (rows[to] - row + 1);
    at = left + Math.round((straight - left) / cell) * cell + shift;
    points.push([at, rowY(graph3, row) + half], [at, rowY(graph3, row) - half]);
  }
  points.push(end);
  return points;
}

// headstream/views/composition_graph/looked.ts
function isMarked({ head, pair }, { from, to }) {
  return pair ? from === pair.from && to === pair.to : from === head || to === head;
}
function lookedAt(edges, drawn, { layer, head, to_layer, to_head }, meant) {
  const [from, to] = [edges.find(layer, head), edges.find(to_layer, to_head)];
  const between = from !== null && to !== null ? edges.between(from, to) : null;
  if (between && from !== null && to !== null) {
    const one2 = meant.find((edge) => edge?.from === from && edge.to === to);
    const strongest = between.reduce((best, edge) => edge.excess > best.excess ? edge : best);
    return { marked: { head: null, pair: { from, to } }, edge: one2 ? between[one2.read] : strongest };
  }
  const marked = { head: from ?? to, pair: null };
  return { marked, edge: drawn.find((edge) => marked.head === null || isMarked(marked, edge)) ?? null };
}

// headstream/views/composition_graph/graph.ts
var isOne = ({ head, pair }, index) => index === head || index === pair?.from || index === pair?.to;
var NONE = { head: null, pair: null };
var curve = line_default().curve(bumpY);
var strokeOf = (share2, em) => 1.4 + 0.3 * em * share2;
function dashes(read, width) {
  return ["1 1", "none", "4 1.5"][read].replace(/[\d.]+/g, (part) => (Number(part) * Math.max(1.6, width)).toFixed(1));
}
function graph2(words, count, places, em, acts) {
  const lines3 = svg("g", { class: "hs-lines" });
  const letters = svg("g", { class: "hs-letters" });
  const hits = svg("g", { class: "hs-hits" });
  const size = { width: places.width, height: places.height };
  const drawing = svg("svg", { ...size, "aria-hidden": "true" }, lines3, letters, hits);
  const inner = element(
    "div",
    `hs-heads hs-${places.naming}`,
    { style: `width:${places.width}px;height:${places.height}px` },
    drawing
  );
  if (places.naming !== "full") {
    places.layers.forEach((layer, row) => {
      inner.append(element("span", "hs-layer", { style: `top:${rowY(places, row)}px` }, String(layer)));
    });
  }
  const nodes = Array.from({ length: count }, (_, index) => node(words, index, places));
  inner.append(...nodes);
  const root = element(
    "div",
    "hs-graph",
    { role: "group", "aria-label": "Heads by layer, the first at the bottom" },
    inner
  );
  const made2 = /* @__PURE__ */ new Map();
  function pathsOf(edge, width) {
    const kept = made2.get(edge);
    if (kept) return kept;
    const d = curve(route(places, edge)) ?? "";
    const style = { "stroke-width": width.toFixed(2), "stroke-dasharray": dashes(edge.read, width) };
    const line = svg("path", { class: `hs-edge hs-${READS[edge.read]}`, d, fill: "none", ...style });
    const hit = svg("path", { d, fill: "none", "stroke-width": Math.max(9, width + 4) });
    made2.set(edge, { line, hit });
    return { line, hit };
  }
  let drawn = [];
  let paths = [];
  const itemAt = (event) => {
    const { index, edge } = event.target.closest("[data-index], [data-edge]")?.dataset ?? {};
    if (index !== void 0) return { head: Number(index) };
    return edge === void 0 ? null : { edge: drawn[Number(edge)] };
  };
  const reach = pointAndKeep({
    root,
    at: itemAt,
    // Only heads take the focus; a line is named by itself.
    element: (item) => "head" in item ? nodes[item.head] : paths[drawn.indexOf(item.edge)],
    step: (item, key) => "head" in item ? next(places, item.head, key) : void 0,
    point: acts.point,
    keep: acts.keep
  });
  reach.offer(nodes[0]);
  let revealed = null;
  let marked = [NONE, NONE];
  return {
    root,
    paint(edges, largest) {
      drawn = edges;
      const shown2 = edges.map((edge, index) => {
        const lines4 = pathsOf(edge, strokeOf(edge.excess / largest, em));
        lines4.hit.dataset.edge = String(index);
        return lines4;
      });
      paths = shown2.map(({ line }) => line);
      lines3.replaceChildren(...[...paths].reverse());
      hits.replaceChildren(...shown2.map(({ hit }) => hit).reverse());
      letters.replaceChildren(...places.naming === "dot" ? [] : lettersOf(edges, places, em));
      this.mark(...marked);
    },
    /** What is pointed at, or else pinned; and what is pinned. */
    mark(current, pinned) {
      marked = [current, pinned];
      const { head, pair } = current;
      const near = /* @__PURE__ */ new Set();
      drawn.forEach((edge, index) => {
        const on = isMarked(current, edge);
        paths[index].classList.toggle("hs-on", on);
        if (on) near.add(edge.from).add(edge.to);
      });
      inner.classList.toggle("hs-faded", head !== null || pair !== null);
      nodes.forEach((item, index) => {
        item.classList.toggle("hs-current", isOne(current, index));
        item.classList.toggle("hs-near", near.has(index));
        const pressed = String(isOne(pinned, index));
        if (item.getAttribute("aria-pressed") !== pressed) item.setAttribute("aria-pressed", pressed);
      });
      reach.offer(nodes[head ?? pair?.to ?? -1]);
      const kept = pinned.head ?? pinned.pair?.to ?? null;
      if (kept !== null && kept !== revealed) reveal(nodes[kept], root);
      revealed = kept;
    }
  };
}
function node(words, index, places) {
  const { node: node2, x: x3, rows, naming } = places;
  const [layer, head] = words.name(index).split(".");
  const role = words.role(index);
  const attributes = {
    type: "button",
    "aria-pressed": "false",
    tabindex: -1,
    "data-index": index,
    "data-key": `head-${layer}-${head}`,
    style: `left:${x3[index] - node2.width / 2}px;top:${rowY(places, rows[index]) - node2.height / 2}px;width:${node2.width}px;height:${node2.height}px`
  };
  const made2 = element("button", "hs-node", attributes);
  if (role) made2.classList.add("hs-named");
  if (naming === "full") made2.append(words.name(index));
  else if (naming === "head") made2.append(head);
  if (role && places.roles) made2.append(" ", element("span", "hs-role", {}, role));
  const written = made2.textContent ?? "";
  const rest = `Layer ${layer}, head ${head}${role && !places.roles ? `, ${role}` : ""}`;
  made2.setAttribute("aria-label", written ? `${written}: ${rest}` : rest);
  return made2;
}
function lettersOf(edges, places, em) {
  const seen2 = /* @__PURE__ */ new Set();
  return edges.flatMap(({ to, read }) => {
    if (seen2.has(`${to} ${read}`)) return [];
    seen2.add(`${to} ${read}`);
    const [x3, y2] = entry(places, to, read);
    const attributes = { class: `hs-letter hs-${READS[read]}`, x: x3, y: y2 - 0.12 * em, "text-anchor": "middle" };
    return [svg("text", attributes, READS[read])];
  });
}
function next({ rows, x: x3 }, index, key) {
  const all = rows.map((_, other) => other);
  const row = { ArrowUp: rows[index] + 1, ArrowDown: rows[index] - 1 }[key];
  if (row !== void 0) {
    const above2 = all.filter((other) => rows[other] === row);
    const away = (other) => Math.abs(x3[other] - x3[index]);
    return above2.length ? { head: above2.reduce((best, other) => away(other) < away(best) ? other : best) } : null;
  }
  const beside = all.filter((other) => rows[other] === rows[index]).sort((a, b) => x3[a] - x3[b]);
  const place = beside.indexOf(index);
  const target = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: beside.length - 1 }[key];
  if (target === void 0) return void 0;
  return target in beside ? { head: beside[target] } : null;
}

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
function scaleLegend(theme, scale, name, ticks) {
  const bar = element("canvas", "hs-legend-bar");
  paintRaster(
    bar,
    256,
    Float64Array.from({ length: 256 }, (_, step) => step / 255),
    ramp(theme, scale).rgb
  );
  const marks = ticks.map(({ at, label }) => {
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

// headstream/views/composition_graph/words.ts
var AS = ["query", "key", "value"];
var NAMED = 3;
function short(value, decimals) {
  return fixed(value, decimals).replace(/^(−?)0\./, "$1.");
}
var Words = class {
  constructor(edges, roles, decimals) {
    this.edges = edges;
    this.roles = roles;
    this.decimals = decimals;
  }
  edges;
  roles;
  decimals;
  /** 1.6 */
  name(index) {
    const { layer, head } = this.edges.heads[index];
    return `${layer}.${head}`;
  }
  role(index) {
    return this.roles[index] ?? "";
  }
  /** 1.6 induction */
  label(index) {
    return `${this.name(index)} ${this.role(index)}`.trim();
  }
  number(value) {
    return short(value, this.decimals);
  }
  /** .051 ± .001 */
  null({ null: mean, sd }) {
    return `${this.number(mean)} ± ${this.number(sd)}`;
  }
  /** How many standard deviations of the null a score is above it. */
  deviations({ excess, sd }) {
    const many2 = excess / sd;
    return sd > 0 ? `${fixed(many2, Math.abs(many2) < 10 ? 1 : 0)} sd` : "no sd";
  }
  edge(edge) {
    const { from, to, read, score } = edge;
    const earlier = this.name(from);
    const { copying, matching } = this.edges.virtual(edge);
    const reads = `${this.label(to)} reads what ${this.label(from)} writes as its ${AS[read]}: ${this.number(score)}, `;
    const does = `${copies(copying)} (${share(copying)})`;
    const looks = `${matches(matching, earlier)} (${share(matching)})`;
    return `${reads}null ${this.null(edge)}. The virtual head ${does}; by its key it ${looks}.`;
  }
  /** What of the edges drawn enter and leave a head. */
  node(index, drawn) {
    const list = (edges, other) => {
      const named2 = edges.slice(0, NAMED).map((edge) => {
        return `${this.name(other(edge))} as ${AS[edge.read]} (${this.number(edge.score)})`;
      });
      const more = edges.length - named2.length;
      return `${named2.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
    };
    const into = drawn.filter(({ to }) => to === index);
    const out = drawn.filter(({ from }) => from === index);
    const reads = into.length ? `reads ${list(into, ({ from }) => from)}` : "reads no head in an edge drawn";
    const read = out.length ? `It is read by ${list(out, ({ to }) => to)}.` : "No edge drawn leaves it.";
    return `${this.label(index)} ${reads}. ${read}`;
  }
  /** The three patterns at one query, or at one cell. */
  patterns({ from, to }, weight, tokens, query) {
    const most = (which) => {
      let best = 0;
      for (let key = 1; key < tokens.length; key++) if (weight(which, key) > weight(which, best)) best = key;
      return `${quoted(tokens[best])} (${short(weight(which, best), 2)})`;
    };
    const names = `${this.name(from)} attends most to ${most(0)}, ${this.name(to)} to ${most(1)}`;
    return `At ${quoted(tokens[query])} (position ${query}), ${names}, both in turn to ${most(2)}.`;
  }
  cell({ from, to }, which, weight, tokens, query, key) {
    const who = [this.name(from), this.name(to), `${this.name(to)} and then ${this.name(from)}`][which];
    const verb = which === 2 ? "attend" : "attends";
    return `At ${quoted(tokens[query])} (position ${query}), ${who} ${verb} ${short(weight, 2)} to ${quoted(tokens[key])} (position ${key}).`;
  }
};
var share = (value) => value > 0 ? `+${short(value, 2)}` : short(value, 2);
var CLEAR = 0.5;
function copies(copying) {
  if (copying >= CLEAR) return "copies tokens";
  return copying <= -CLEAR ? "suppresses tokens" : "neither copies nor suppresses";
}
function matches(matching, earlier) {
  if (matching >= CLEAR) return `looks for the token that ${earlier} moved`;
  return matching <= -CLEAR ? `avoids the token that ${earlier} moved` : `does not look for what ${earlier} moved`;
}

// headstream/views/composition_graph/legend.ts
function encodingOf(theme) {
  const ticks = [0, 0.25, 1].map((p) => ({ at: Math.sqrt(p), label: p % 1 ? probability(p) : String(p) }));
  return encode({ name: "attention", scale: "sequential", place: Math.sqrt, ticks }, theme);
}
function paintReads(node2, theme) {
  node2.style.setProperty("--hs-q", ramp(theme, "incoming").css(0.72));
  node2.style.setProperty("--hs-k", ramp(theme, "sequential").css(0.7));
}
function lines2(em, bold) {
  const [width, long, high] = [0.2 * em, 3 * em, 0.8 * em];
  const samples = READS.map((read, index) => {
    const place = { x1: 2, x2: long - 2, y1: high / 2, y2: high / 2 };
    const style = { "stroke-width": width, "stroke-dasharray": dashes(index, width) };
    const line = svg("line", { class: `hs-edge hs-${read}`, ...place, ...style });
    const drawing = svg("svg", { width: long, height: high, "aria-hidden": "true" }, line);
    return element("span", "hs-sample", {}, drawing, read, element("span", "hs-wide", {}, `as ${AS[index]}`));
  });
  const said = `drawn from ${STANDS_OUT} sd above the null on, wider the further${bold ? "; bold: a head with a role" : ""}`;
  return element("span", "hs-key", {}, ...samples, element("span", "hs-quiet", {}, said));
}

// headstream/views/shared/parts/table.ts
function arranged(rows, columns, { sorted, search }, found = (row, wanted) => columns.some((column) => text2(column.value(row), column).toLowerCase().includes(wanted))) {
  const cell = (row, column2) => columns[column2].value(rows[row]);
  const wanted = search.trim().toLowerCase();
  const shown2 = rows.map((_, index) => index).filter((row) => !wanted || found(rows[row], wanted));
  if (!sorted) return shown2;
  const { column, down } = sorted;
  const compare = (a, b) => {
    const [one2, other] = [cell(a, column), cell(b, column)];
    const order = typeof one2 === "number" && typeof other === "number" ? one2 - other : String(one2).localeCompare(String(other));
    return (down ? -order : order) || a - b;
  };
  return shown2.sort(compare);
}
function text2(value, { format }) {
  return typeof value === "number" ? (format ?? String)(value) : plain(value);
}
function table(name, rows, columns, acts, { chunk = rows.length, found, placeholder = "Search", before } = {}) {
  let state = before?.state() ?? { sorted: null, search: "" };
  if (state.sorted && !columns[state.sorted.column]) state = { ...state, sorted: null };
  let shown2 = [];
  const search = element("input", "hs-search", {
    type: "search",
    "aria-label": `Search ${name}`,
    placeholder,
    "data-key": "search"
  });
  search.value = state.search;
  const count = element("span", "hs-quiet", { role: "status" });
  const heads = columns.map((column, index) => {
    const button = element("button", "hs-sort", { type: "button", "data-key": `sort-${index}` }, column.name);
    button.addEventListener("click", () => {
      const { sorted } = state;
      const first = typeof (rows[0] && column.value(rows[0])) === "number";
      const again = sorted?.column === index;
      const down = again ? !sorted.down : first;
      state = { ...state, sorted: again && sorted.down !== first ? null : { column: index, down } };
      arrange();
    });
    return element("th", "", { scope: "col" }, button);
  });
  const made2 = [];
  const painters = /* @__PURE__ */ new Map();
  const make = (index) => {
    const row = rows[index];
    const cells = columns.map((column) => {
      const value = column.value(row);
      return element("td", typeof value === "number" ? "hs-number" : "", {}, text2(value, column));
    });
    for (const [column, run] of painters) run(cells[column], row);
    const attributes = { tabindex: -1, "data-row": index, "data-key": `row-${index}`, "aria-selected": "false" };
    made2[index] = element("tr", "hs-row", attributes, ...cells);
    show(index);
    return made2[index];
  };
  const marked = rows.map(() => false);
  const body = element("tbody");
  const whole2 = element(
    "table",
    "hs-table",
    { "aria-label": name },
    element("thead", "", {}, element("tr", "", {}, ...heads)),
    body
  );
  const root = element(
    "div",
    "hs-table-box",
    {},
    element("div", "hs-table-tools", { "data-hs-unsaved": true }, search, count),
    whole2
  );
  const reach = pointAndKeep({
    root: body,
    at(event) {
      const row = event.target.closest("[data-row]");
      return row ? Number(row.dataset.row) : null;
    },
    element: (index) => made2[index],
    step(index, key) {
      const next2 = listStep(shown2.indexOf(index), key, shown2.length);
      if (next2 === void 0 || key === "ArrowLeft" || key === "ArrowRight") return void 0;
      extend2(next2 + 1);
      return shown2[next2];
    },
    point: (index) => acts.point(index === null ? null : rows[index]),
    keep: (index) => acts.keep(rows[index])
  });
  search.addEventListener("input", () => {
    state = { ...state, search: search.value };
    arrange();
  });
  root.addEventListener("scroll", () => {
    if (root.scrollTop + 2 * root.clientHeight > root.scrollHeight) extend2(body.children.length + 1);
  });
  function extend2(count2) {
    const drawn = body.children.length;
    if (drawn >= Math.min(count2, shown2.length)) return;
    const more = shown2.slice(drawn, Math.ceil(count2 / chunk) * chunk);
    body.append(...more.map((index) => made2[index] ?? make(index)));
  }
  function show(index) {
    made2[index]?.classList.toggle("hs-current", marked[index]);
    made2[index]?.setAttribute("aria-selected", String(marked[index]));
  }
  function arrange() {
    shown2 = arranged(rows, columns, state, found);
    body.replaceChildren();
    extend2(chunk);
    count.textContent = shown2.length < rows.length ? `${shown2.length} of ${rows.length}` : `${rows.length} rows`;
    heads.forEach((head, index) => {
      const { sorted } = state;
      head.setAttribute("aria-sort", sorted?.column !== index ? "none" : sorted.down ? "descending" : "ascending");
    });
    reach.offer(made2[shown2[0]]);
  }
  arrange();
  return {
    root,
    state: () => state,
    /** Paints on the cells of a column. */
    paint(column, run) {
      painters.set(column, run);
      made2.forEach((row, index) => {
        run(row.children[column], rows[index]);
      });
    },
    /** Brings a row into sight, if it is not searched away; the page itself is not scrolled. */
    reveal(index) {
      const place = shown2.indexOf(index);
      if (place < 0) return;
      extend2(place + 1);
      reveal(made2[index], root);
    },
    /** Marks the rows that are selected. */
    mark(selected) {
      rows.forEach((row, index) => {
        if (selected(row) === marked[index]) return;
        marked[index] = !marked[index];
        show(index);
      });
    }
  };
}

// headstream/views/composition_graph/list.ts
function edgeList(words, acts, before) {
  const format = (value) => words.number(value);
  const columns = [
    { name: "heads", value: (edge) => `${words.label(edge.from)} → ${words.label(edge.to)}` },
    { name: "as", value: (edge) => READS[edge.read] },
    { name: "score", value: (edge) => edge.score, format },
    { name: "null", value: (edge) => edge.null, format },
    { name: "above", value: (edge) => edge.excess, format }
  ];
  const on = {
    point: (edge) => acts.point(edge && { edge }),
    keep: (edge) => acts.keep({ edge })
  };
  const root = element("div", "hs-list");
  let drawn = null;
  let shown2 = before?.table();
  return {
    root,
    table: () => shown2,
    /** The same edges again leave the table as it is, with what is searched in it. */
    paint(edges) {
      if (drawn?.length === edges.length && drawn.every((edge, index) => edge === edges[index])) return;
      drawn = edges;
      shown2 = table("edges", edges, columns, on, { before: shown2 });
      root.replaceChildren(shown2.root);
    },
    mark(marked) {
      shown2?.mark((edge) => isMarked(marked, edge));
    }
  };
}

// headstream/views/composition_graph/numbers.ts
var COLUMNS = ["score", "null", "above it"];
function numbers() {
  const title = element("div", "hs-pair");
  const rows = AS.map((as) => {
    const cells = COLUMNS.map((name) => element("td", "hs-number", { "data-number": name }));
    const row = element(
      "tr",
      "",
      { "data-read": as },
      element("th", "", { scope: "row" }, element("span", "hs-wide", {}, "as "), as),
      ...cells
    );
    return { row, cells };
  });
  const head = [element("td"), ...COLUMNS.map((name) => element("th", "hs-quiet", { scope: "col" }, name))];
  const virtual = element("div", "hs-virtual");
  const table2 = element(
    "table",
    "",
    { "aria-label": "What the later head reads of the earlier one" },
    element("thead", "", {}, element("tr", "", {}, ...head)),
    element("tbody", "", {}, ...rows.map(({ row }) => row))
  );
  return {
    root: element("div", "hs-numbers", {}, title, table2, virtual),
    /** `edges`: of one pair of heads, as query, key and value; `read`: the one that is meant; `selected`: by the reader. */
    show(edges, read, words, all, selected) {
      const pair = edges ? `${words.label(edges[0].from)} → ${words.label(edges[0].to)}` : "no edge";
      title.textContent = selected ? pair : `Strongest: ${pair}`;
      rows.forEach(({ row, cells }, index) => {
        const edge = edges?.[index];
        const [score, mean, above2] = cells;
        score.textContent = edge ? words.number(edge.score) : "–";
        mean.textContent = edge ? words.null(edge) : "–";
        above2.replaceChildren(
          element("span", "hs-wide", {}, edge ? `${words.number(edge.excess)}, ` : ""),
          edge ? words.deviations(edge) : "–"
        );
        row.classList.toggle("hs-current", index === read && edge !== void 0);
      });
      const of = edges && all.virtual(edges[0]);
      virtual.textContent = `virtual head: copying ${of ? share(of.copying) : "–"}, matching ${of ? share(of.matching) : "–"}`;
    }
  };
}

// headstream/views/composition_graph/product.ts
function product(weights, from, to) {
  const { length, packed } = weights;
  const end = (row2) => packed ? row2 + 1 : length;
  const start = (row2) => packed ? row2 * (row2 + 1) / 2 : row2 * length;
  const first = new Float32Array(start(length));
  for (let middle = 0; middle < length; middle++) {
    const at = start(middle);
    for (let key = 0; key < end(middle); key++) first[at + key] = weights.at(from.layer, from.head, middle, key);
  }
  const data = new Float32Array(start(length));
  const row = new Float64Array(length);
  for (let query = 0; query < length; query++) {
    row.fill(0);
    for (let middle = 0; middle < end(query); middle++) {
      const weight = weights.at(to.layer, to.head, query, middle);
      if (weight === 0) continue;
      const at = start(middle);
      for (let key = 0; key < end(middle); key++) row[key] += weight * first[at + key];
    }
    data.set(row.subarray(0, end(query)), start(query));
  }
  return { shape: [1, 1, data.length], data, half: false };
}

// headstream/views/composition_graph/patterns.ts
var NAMES = ["The earlier head's pattern", "The later head's pattern", "The virtual head's pattern"];
var LONG = 128;
var PIXELS = 96;
function patterns(length, side, acts) {
  const made2 = NAMES.map((name, which) => {
    const canvas = element("canvas", "", {
      tabindex: 0,
      role: "application",
      "aria-label": `${name}: queries down, keys across. Arrow keys move, Enter pins.`,
      "data-key": `pattern-${which}`
    });
    const cross = element("div", "hs-cross", { hidden: true });
    const caption = element("div", "hs-caption");
    const square = element("div", "hs-square", { style: `width:${side}px;height:${side}px` }, canvas, cross);
    listen(canvas, which);
    return {
      canvas,
      cross,
      caption,
      root: element("div", "hs-pattern", { style: `width:${side}px` }, caption, square)
    };
  });
  const root = element("div", "hs-patterns", {}, ...made2.map((one2) => one2.root));
  let at = { query: 0, key: 0 };
  function listen(canvas, which) {
    const under = (event) => {
      const box = canvas.getBoundingClientRect();
      const index = (share2) => Math.min(length - 1, Math.max(0, Math.floor(share2 * length)));
      const [query, key] = [
        index((event.clientY - box.top) / box.height),
        index((event.clientX - box.left) / box.width)
      ];
      return { which, query, key };
    };
    canvas.addEventListener("pointermove", (event) => acts.point(under(event)));
    canvas.addEventListener("click", (event) => acts.keep(under(event)));
    canvas.addEventListener("pointerleave", () => acts.point(null));
    canvas.addEventListener("blur", () => acts.point(null));
    canvas.addEventListener("keydown", (event) => {
      const next2 = gridStep([at.query, at.key], event.key, [length, length]);
      if (next2) acts.point({ which, query: next2[0], key: next2[1] });
      else if (event.key === "Enter" || event.key === " ") acts.keep({ which, ...at });
      else if (next2 === void 0) return;
      event.preventDefault();
    });
  }
  let shown2 = null;
  let drawn = null;
  const products = /* @__PURE__ */ new Map();
  function virtual(weights, from, to, pair) {
    const kept = products.get(pair);
    if (kept) return kept;
    const both = new Weights(product(weights, from, to), weights.packed, length, null, false);
    if (products.size > 50) products.clear();
    products.set(pair, both);
    return both;
  }
  function paint(canvas, weights, { layer, head }, { rgb: rgb2, place }) {
    const pixels = Math.min(length, PIXELS);
    paintRaster(
      canvas,
      pixels,
      weights.raster(layer, head, { query: 0, key: 0, span: length }, pixels).map(place),
      rgb2
    );
  }
  return {
    root,
    /** Other weights: what was made of the last ones is let go. */
    renew() {
      products.clear();
      shown2 = null;
    },
    /** The patterns of an edge's heads; `moving`: the pointer is on its way. */
    show(weights, encoding, edge, heads, names, moving) {
      const pair = edge ? `${edge.from} ${edge.to}` : "";
      const whole2 = !moving || length < LONG || products.has(pair);
      const same = shown2?.weights === weights && shown2.encoding === encoding && shown2.pair === pair;
      if (same && (shown2?.whole || !whole2)) return;
      shown2 = { weights, encoding, pair, whole: whole2 };
      root.toggleAttribute("data-empty", edge === null);
      if (!edge) {
        drawn = null;
        for (const { canvas, caption } of made2) {
          canvas.width = 1;
          caption.textContent = "";
        }
        return;
      }
      const [from, to] = [heads[edge.from], heads[edge.to]];
      const captions = [
        `A of ${names[0]}`,
        `A of ${names[1]}`,
        whole2 ? `${names[1]} · ${names[0]}, by value` : "click to multiply"
      ];
      made2.forEach(({ caption }, which) => {
        caption.textContent = captions[which];
      });
      paint(made2[0].canvas, weights, from, encoding);
      paint(made2[1].canvas, weights, to, encoding);
      const both = whole2 ? virtual(weights, from, to, pair) : null;
      if (both) paint(made2[2].canvas, both, { layer: 0, head: 0 }, encoding);
      else made2[2].canvas.width = 1;
      drawn = (which, query, key) => {
        if (which === 2) return both ? both.at(0, 0, query, key) : Number.NaN;
        const { layer, head } = which ? to : from;
        return weights.at(layer, head, query, key);
      };
    },
    /** A weight of what is shown. */
    weight: (which, query, key) => drawn?.(which, query, key) ?? Number.NaN,
    mark(query, key) {
      at = { query: query ?? 0, key: key ?? 0 };
      const cell = side / length;
      for (const { cross } of made2) {
        cross.hidden = query === null || !drawn;
        const [left, width] = key === null ? [0, side] : [key * cell, cell];
        cross.style.cssText = `left:${left}px;width:${Math.max(3, width)}px;top:${at.query * cell}px;height:${Math.max(3, cell)}px`;
      }
    }
  };
}

// headstream/views/composition_graph/index.ts
var READERS = {
  heads: array("int32", 2),
  scores: array("float32", 1),
  null: array("float32", 1),
  null_sd: array("float32", 1),
  copying: array("float32", 1),
  matching: array("float32", 1),
  roles: texts,
  tokens: texts,
  pattern: optional(array("uint8", 3)),
  packed: flag,
  threshold: number,
  q: flag,
  k: flag,
  v: flag
};
var STEP = 1e-3;
var STEP_DECIMALS = 3;
function create(frame) {
  const { traits, selection } = frame;
  let edges;
  let words;
  let from = [];
  let drawn;
  let picture;
  let places = null;
  let panel;
  let list;
  let weights = null;
  let sent = null;
  let matrices = null;
  let strip = null;
  let colors = null;
  let encoding;
  const detail = numbers();
  let pointed = null;
  let kept = null;
  let cell = null;
  const switches = [toggle(frame, "q", "Q"), toggle(frame, "k", "K"), toggle(frame, "v", "V")];
  switches.forEach(({ root }, read2) => {
    root.setAttribute("aria-label", `${READS[read2]}-composition, read as ${AS[read2]}`);
  });
  const range = { min: 0, max: 1, step: STEP };
  const threshold = slider(frame, "threshold", "above the null by", range, (value) => {
    const { total } = drawn;
    const found = total > MOST ? `${MOST} of ${many(total)}` : `${total} ${total === 1 ? "edge" : "edges"}`;
    return `${fixed(value, STEP_DECIMALS)}: ${found}`;
  });
  const reads = element(
    "span",
    "hs-choice",
    { role: "group", "aria-label": "Edges" },
    element("span", "hs-quiet", {}, "Edges")
  );
  reads.append(...switches.map(({ root }) => root));
  frame.controls.append(reads, threshold.root);
  frame.onClear(() => {
    kept = null;
  });
  const partOf = (edge) => {
    const [earlier, later] = [edges.heads[edge.from], edges.heads[edge.to]];
    return { layer: earlier.layer, head: earlier.head, to_layer: later.layer, to_head: later.head };
  };
  const acts = {
    point(item) {
      pointed = item && "edge" in item ? item.edge : null;
      selection.preview(item && part(item));
    },
    keep(item) {
      kept = "edge" in item ? item.edge : null;
      pointed = null;
      selection.pin(part(item));
    }
  };
  function part(item) {
    return "edge" in item ? partOf(item.edge) : { ...edges.heads[item.head], to_layer: null, to_head: null };
  }
  const looked = (current) => lookedAt(edges, drawn.edges, current, [pointed, kept]);
  function read() {
    const { heads, scores, null: mean, null_sd, copying, matching, roles } = traits;
    const now = [heads, scores, mean, null_sd, copying, matching, roles];
    if (now.every((value, index) => value === from[index])) return;
    edges = new Edges({ heads, scores, null: mean, null_sd, copying, matching });
    if (roles.length) fits("roles", [roles.length], [edges.heads.length]);
    words = new Words(edges, roles, decimalsOf(null_sd.data));
    from = now;
  }
  function surround() {
    for (const each of [...switches, threshold]) each.update();
    frame.title("Composition of heads");
    const bold = traits.roles.some((role) => role) && !places?.graph.roles;
    const scale = traits.pattern && colors ? [colors.legend] : [];
    frame.legend.replaceChildren(lines2(frame.fontSize, bold), ...scale);
  }
  function color2() {
    if (colors?.theme === frame.theme) return;
    encoding = encodingOf(frame.theme);
    colors = { theme: frame.theme, legend: encoding.legend() };
    paintReads(frame.picture.parentElement, frame.theme);
  }
  const cells = {
    point(next2) {
      cell = next2;
      const { edge } = looked(selection.pinned());
      selection.preview(next2 && edge && { ...partOf(edge), position: next2.query, key: next2.key });
    },
    keep(next2) {
      const { edge } = looked(selection.pinned());
      if (edge) selection.pin({ ...partOf(edge), position: next2.query, key: next2.key });
    }
  };
  return {
    build() {
      read();
      const { width, fontSize: em } = frame;
      const { heads } = edges;
      const { tokens, roles } = traits;
      const most = (field) => 1 + Math.max(...heads.map((head) => head[field]));
      const [layers, count, length] = [most("layer"), most("head"), tokens.length];
      selection.sizes = { layer: layers, head: count, to_layer: layers, to_head: count, position: length, key: length };
      drawn = edges.shown(traits.threshold, switched(traits));
      color2();
      surround();
      places = layout({ width, height: frame.heightLeft(), em, heads, roles, patterns: traits.pattern !== null });
      picture = graph2(words, heads.length, places.graph, em, acts);
      panel = element("div", "hs-panel", {}, detail.root);
      matrices = null;
      strip = null;
      sent = null;
      if (traits.pattern) {
        matrices = patterns(length, places.square, cells);
        strip = tokenStrip(tokens, selection, "The text, token by token");
        panel.append(matrices.root, strip.root);
      }
      list = edgeList(words, acts, list);
      panel.append(list.root);
      const style = places.beside ? `height:${height(places.height)};grid-template-columns:minmax(0,1fr) ${places.panel}px` : "grid-template-columns:minmax(0,1fr)";
      const parts = element(
        "div",
        "hs-parts",
        { style, "data-beside": places.beside, "data-whole": frame.height === null },
        picture.root,
        panel
      );
      frame.picture.replaceChildren(parts);
    },
    paint() {
      read();
      const { pattern, packed, tokens } = traits;
      if (pattern) {
        fits("pattern", pattern.shape.slice(2), [
          packed ? tokens.length * (tokens.length + 1) / 2 : tokens.length ** 2
        ]);
        const [layers, heads] = pattern.shape;
        if (edges.heads.some(({ layer, head }) => layer >= layers || head >= heads)) {
          throw new Damaged(`pattern: expected every head, got ${layers} layers of ${heads}`);
        }
        if (sent !== pattern) {
          weights = new Weights(pattern, packed, tokens.length, null, false);
          sent = pattern;
          matrices?.renew();
        }
      }
      color2();
      drawn = edges.shown(traits.threshold, switched(traits));
      threshold.bounds({ ...range, max: Math.max(0.01, Math.ceil(100 * edges.largest) / 100) });
      surround();
      picture.paint(drawn.edges, edges.largest);
      list?.paint(drawn.edges);
    },
    select(current, pinned) {
      const { marked, edge } = looked(current);
      const { head, pair } = marked;
      picture.mark(marked, looked(pinned).marked);
      list?.mark(marked);
      detail.show(edge && edges.between(edge.from, edge.to), edge?.read ?? -1, words, edges, pair !== null);
      const { position, key } = current;
      if (matrices && weights) {
        const names = edge ? [words.name(edge.from), words.name(edge.to)] : [];
        matrices.show(weights, encoding, edge, edges.heads, names, selection.previewing);
        matrices.mark(position, key);
        strip?.mark(position);
      }
      frame.say(sentence());
      function sentence() {
        if (edge && matrices && cell && position === cell.query && key === cell.key) {
          const weight2 = matrices.weight(cell.which, position, key);
          return words.cell(edge, cell.which, weight2, traits.tokens, position, key);
        }
        const heads = pair && edge ? words.edge(edge) : head === null ? overview() : words.node(head, drawn.edges);
        if (!matrices || !edge || position === null) return heads;
        const { weight } = matrices;
        return `${heads} ${words.patterns(edge, (which, key2) => weight(which, position, key2), traits.tokens, position)}`;
      }
    }
  };
  function overview() {
    const { total } = drawn;
    const least = words.number(traits.threshold);
    const found = `${many(total)} of ${many(edges.count)} possible edges ${total === 1 ? "is" : "are"} at least ${least} above the null`;
    const cut = total > MOST ? `; the ${MOST} strongest are drawn` : "";
    return `${found}${cut}. Point at a head or an edge; click to keep it, Escape to let go.`;
  }
}
var many = (count) => count.toLocaleString("en-US");
var height = (pixels) => pixels === null ? "auto" : `${pixels}px`;
var switched = ({ q, k, v }) => [q, k, v];
var composition_graph_default = defineView({
  name: "composition_graph",
  readers: READERS,
  structure({ heads, roles, tokens, pattern }) {
    return [headsOf(heads), roles, tokens, pattern !== null];
  },
  create
});
export {
  composition_graph_default as default
};
