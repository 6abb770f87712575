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
  var r = o.r / 255, g = o.g / 255, b = o.b / 255, min = Math.min(r, g, b), max = Math.max(r, g, b), h = NaN, s = max - min, l = (max + min) / 2;
  if (s) {
    if (r === max) h = (g - b) / s + (g < b) * 6;
    else if (g === max) h = (b - r) / s + 2;
    else h = (r - g) / s + 4;
    s /= l < 0.5 ? max + min : 2 - max - min;
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
  var r = rgb2lrgb(o.r), g = rgb2lrgb(o.g), b = rgb2lrgb(o.b), y = xyz2lab((0.2225045 * r + 0.7168786 * g + 0.0606169 * b) / Yn), x, z;
  if (r === g && g === b) x = z = y;
  else {
    x = xyz2lab((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / Xn);
    z = xyz2lab((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / Zn);
  }
  return new Lab(116 * y - 16, 500 * (x - y), 200 * (y - z), o.opacity);
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
    var y = (this.l + 16) / 116, x = isNaN(this.a) ? y : y + this.a / 500, z = isNaN(this.b) ? y : y - this.b / 200;
    x = Xn * lab2xyz(x);
    y = Yn * lab2xyz(y);
    z = Zn * lab2xyz(z);
    return new Rgb(
      lrgb2rgb(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
      lrgb2rgb(-0.9787684 * x + 1.9161415 * y + 0.033454 * z),
      lrgb2rgb(0.0719453 * x - 0.2289914 * y + 1.4052427 * z),
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
function lrgb2rgb(x) {
  return 255 * (x <= 31308e-7 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055);
}
function rgb2lrgb(x) {
  return (x /= 255) <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
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
    var i = t <= 0 ? t = 0 : t >= 1 ? (t = 1, n - 1) : Math.floor(t * n), v1 = values[i], v2 = values[i + 1], v0 = i > 0 ? values[i - 1] : 2 * v1 - v2, v3 = i < n - 1 ? values[i + 2] : 2 * v2 - v1;
    return basis((t - i / n) * n, v0, v1, v2, v3);
  };
}

// node_modules/d3-interpolate/src/basisClosed.js
function basisClosed_default(values) {
  var n = values.length;
  return function(t) {
    var i = Math.floor(((t %= 1) < 0 ? ++t : t) * n), v0 = values[(i + n - 1) % n], v1 = values[i % n], v2 = values[(i + 1) % n], v3 = values[(i + 2) % n];
    return basis((t - i / n) * n, v0, v1, v2, v3);
  };
}

// node_modules/d3-interpolate/src/constant.js
var constant_default = (x) => () => x;

// node_modules/d3-interpolate/src/color.js
function linear(a, d) {
  return function(t) {
    return a + t * d;
  };
}
function exponential(a, b, y) {
  return a = Math.pow(a, y), b = Math.pow(b, y) - a, y = 1 / y, function(t) {
    return Math.pow(a + t * b, y);
  };
}
function gamma(y) {
  return (y = +y) === 1 ? nogamma : function(a, b) {
    return b - a ? exponential(a, b, y) : constant_default(isNaN(a) ? b : a);
  };
}
function nogamma(a, b) {
  var d = b - a;
  return d ? linear(a, d) : constant_default(isNaN(a) ? b : a);
}

// node_modules/d3-interpolate/src/rgb.js
var rgb_default = (function rgbGamma(y) {
  var color2 = gamma(y);
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
    var n = colors.length, r = new Array(n), g = new Array(n), b = new Array(n), i, color2;
    for (i = 0; i < n; ++i) {
      color2 = rgb(colors[i]);
      r[i] = color2.r || 0;
      g[i] = color2.g || 0;
      b[i] = color2.b || 0;
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
  var n = a ? Math.min(b.length, a.length) : 0, c = b.slice(), i;
  return function(t) {
    for (i = 0; i < n; ++i) c[i] = a[i] * (1 - t) + b[i] * t;
    return c;
  };
}
function isNumberArray(x) {
  return ArrayBuffer.isView(x) && !(x instanceof DataView);
}

// node_modules/d3-interpolate/src/array.js
function genericArray(a, b) {
  var nb = b ? b.length : 0, na = a ? Math.min(nb, a.length) : 0, x = new Array(na), c = new Array(nb), i;
  for (i = 0; i < na; ++i) x[i] = value_default(a[i], b[i]);
  for (; i < nb; ++i) c[i] = b[i];
  return function(t) {
    for (i = 0; i < na; ++i) c[i] = x[i](t);
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
  var i = {}, c = {}, k;
  if (a === null || typeof a !== "object") a = {};
  if (b === null || typeof b !== "object") b = {};
  for (k in b) {
    if (k in a) {
      i[k] = value_default(a[k], b[k]);
    } else {
      c[k] = b[k];
    }
  }
  return function(t) {
    for (k in i) c[k] = i[k](t);
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
  var bi = reA.lastIndex = reB.lastIndex = 0, am, bm, bs, i = -1, s = [], q = [];
  a = a + "", b = b + "";
  while ((am = reA.exec(a)) && (bm = reB.exec(b))) {
    if ((bs = bm.index) > bi) {
      bs = b.slice(bi, bs);
      if (s[i]) s[i] += bs;
      else s[++i] = bs;
    }
    if ((am = am[0]) === (bm = bm[0])) {
      if (s[i]) s[i] += bm;
      else s[++i] = bm;
    } else {
      s[++i] = null;
      q.push({ i, x: number_default(am, bm) });
    }
    bi = reB.lastIndex;
  }
  if (bi < b.length) {
    bs = b.slice(bi);
    if (s[i]) s[i] += bs;
    else s[++i] = bs;
  }
  return s.length < 2 ? q[0] ? one(q[0].x) : zero(b) : (b = q.length, function(t) {
    for (var i2 = 0, o; i2 < b; ++i2) s[(o = q[i2]).i] = o.x(t);
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
  var i = 0, n = values.length - 1, v = values[0], I = new Array(n < 0 ? 0 : n);
  while (i < n) I[i] = interpolate(v, v = values[++i]);
  return function(t) {
    var i2 = Math.max(0, Math.min(n - 1, Math.floor(t *= n)));
    return I[i2](t - i2);
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
function ramp(theme, scale) {
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
  for (let node = element2; node; node = node.parentElement) {
    const channels = getComputedStyle(node).backgroundColor.match(/[\d.]+/g)?.map(Number);
    if (channels && channels.length >= 3 && (channels[3] ?? 1) > 0.5) {
      return luminance(channels[0], channels[1], channels[2]) < 0.2 ? "dark" : "light";
    }
  }
  return "light";
}

// headstream/views/shared/draw/legend.ts
function scaleLegend(theme, scale, name, ticks) {
  const bar = element("canvas", "hs-legend-bar", { width: 256, height: 1 });
  const context = bar.getContext("2d");
  const { rgb: rgb2 } = ramp(theme, scale);
  const image = context?.createImageData(256, 1);
  if (context && image) {
    for (let step = 0; step < 256; step++) image.data.set([...rgb2.subarray(3 * step, 3 * step + 3), 255], 4 * step);
    context.putImageData(image, 0, 0);
  }
  const marks = ticks.map(({ at, label }) => element("span", "hs-legend-tick", { style: `left:${100 * at}%` }, label));
  return element(
    "span",
    "hs-legend-scale",
    {},
    element("span", "hs-quiet", {}, name),
    element("span", "hs-legend-body", {}, bar, ...marks)
  );
}

// headstream/views/shared/parts/controls.ts
function commit(model, trait, value) {
  model.set(trait, value);
  model.save_changes();
}
function choice(model, trait, name, options) {
  const group = element(
    "div",
    "hs-choice",
    { role: "group", "aria-label": name },
    element("span", "hs-quiet", {}, name)
  );
  for (const [value, label] of Object.entries(options)) {
    const pressed = model.get(trait) === value;
    const button = element("button", "hs-button", { type: "button", "aria-pressed": String(pressed) }, label);
    button.addEventListener("click", () => commit(model, trait, value));
    group.append(button);
  }
  model.on(`change:${trait}`, () => {
    Object.keys(options).forEach((value, index) => {
      group.children[index + 1].setAttribute("aria-pressed", String(model.get(trait) === value));
    });
  });
  return group;
}
function action(label, name, run) {
  const button = element("button", "hs-button", { type: "button", "aria-label": name, title: name }, label);
  button.addEventListener("click", run);
  return button;
}

// headstream/views/shared/text/tokens.ts
var INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;
var RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
function visible(label) {
  return plain(label).replaceAll(" ", "·");
}
function quoted(label) {
  const text = plain(label);
  return RIGHT_TO_LEFT.test(text) ? `‘⁨${text}⁩’` : `‘${text}’`;
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
function shortened(text, limit) {
  const characters = [...text];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text;
}

// headstream/views/shared/frame/save.ts
var PAINTED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
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
  copy(root, out, frame);
  return out;
}
function copy(node, out, frame) {
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || box.width === 0 || box.height === 0) return;
  if (node.hasAttribute("data-hs-unsaved")) return;
  const x = box.left - frame.left;
  const y = box.top - frame.top;
  if (node instanceof HTMLCanvasElement) {
    const href = node.toDataURL("image/png");
    const place = { x, y, width: box.width, height: box.height, preserveAspectRatio: "none" };
    out.append(svg("image", { ...place, href, style: "image-rendering:pixelated" }));
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
    for (const [name, value] of Object.entries({ x, y, width: box.width, height: box.height })) {
      copied.setAttribute(name, String(value));
    }
    out.append(copied);
    return;
  }
  paintBox(style, x, y, box, out);
  for (const child of node.childNodes) {
    if (child instanceof Element) copy(child, out, frame);
    else if (child instanceof Text) paintText(child, style, out, frame);
  }
}
function paintBox(style, x, y, box, out) {
  const filled = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  if (filled) {
    out.append(svg("rect", { x, y, width: box.width, height: box.height, rx: radius, fill: style.backgroundColor }));
  }
  const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const sides = [
    [style.borderTopWidth, style.borderTopStyle, style.borderTopColor, x, y, x + box.width, y],
    [
      style.borderBottomWidth,
      style.borderBottomStyle,
      style.borderBottomColor,
      x,
      y + box.height,
      x + box.width,
      y + box.height
    ],
    [style.borderLeftWidth, style.borderLeftStyle, style.borderLeftColor, x, y, x, y + box.height],
    [
      style.borderRightWidth,
      style.borderRightStyle,
      style.borderRightColor,
      x + box.width,
      y,
      x + box.width,
      y + box.height
    ]
  ];
  for (const [width, kind, stroke, x1, y1, x2, y2] of sides) {
    if (kind !== "none" && Number.parseFloat(width) > 0)
      out.append(svg("line", { x1, y1, x2, y2, stroke, "stroke-width": width }));
  }
  if (outlined) {
    const attributes = {
      x,
      y,
      width: box.width,
      height: box.height,
      rx: radius,
      fill: "none",
      stroke: style.outlineColor
    };
    out.append(svg("rect", { ...attributes, "stroke-width": style.outlineWidth }));
  }
}
function paintText(text, style, out, frame) {
  for (const { content, left, baseline } of lines(text, Number.parseFloat(style.fontSize))) {
    const attributes = {
      x: left - frame.left,
      y: baseline - frame.top,
      fill: style.color,
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
      "font-style": style.fontStyle,
      "xml:space": "preserve"
    };
    out.append(svg("text", attributes, content));
  }
}
function lines(text, fontSize) {
  const result = [];
  const range = document.createRange();
  let offset = 0;
  for (const character of text.data) {
    range.setStart(text, offset);
    offset += character.length;
    range.setEnd(text, offset);
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
  const text = new XMLSerializer().serializeToString(toSvg(root, background));
  return text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "�");
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

// headstream/views/shared/frame/selection.ts
var FIELDS = ["layer", "head", "position", "key", "token"];
var EMPTY = { layer: null, head: null, position: null, key: null, token: null };
var PREVIEW = "headstream:preview";
var SharedSelection = class {
  constructor(owner, host, signal, changed, sizes = {}) {
    this.owner = owner;
    this.host = host;
    this.signal = signal;
    this.changed = changed;
    this.sizes = sizes;
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
  pins = null;
  hover = null;
  frame = 0;
  generation = 0;
  /** Resolves when the selection's model has been found. */
  follow = async () => {
    this.generation += 1;
    const generation = this.generation;
    const pins = await this.host.getModel(this.owner.get("selection"));
    if (generation !== this.generation || this.signal.aborted) return;
    this.unfollow();
    this.pins = pins;
    for (const field of FIELDS) pins.on(`change:${field}`, this.schedule);
    this.hover = null;
    this.schedule();
  };
  unfollow() {
    for (const field of FIELDS) this.pins?.off(`change:${field}`, this.schedule);
  }
  schedule = () => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.changed);
  };
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
    for (const field of FIELDS) result[field] = this.pins?.get(field) ?? null;
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
    if (!this.pins) return;
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

// headstream/views/shared/frame/view.ts
var THEME_ATTRIBUTES = ["class", "style", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
var LECTURE = 22;
function defineView(name, redraw, create2) {
  return {
    async render({ model, el, host, signal }) {
      const heading = element("div", "hs-title");
      const picture = element("div", "hs-picture");
      const readout = element("div", "hs-readout", { role: "status", "aria-live": "polite" });
      const legend = element("div", "hs-legend");
      const controls = element("div", "hs-controls", { "data-hs-unsaved": true });
      const figure = element("div", "hs-figure", {}, heading, picture, legend, readout);
      const root = element("div", `headstream hs-${name}`, { role: "figure" }, figure, controls);
      el.append(root);
      let ready = false;
      const select = () => {
        if (ready) view.select(frame.selection.current(), frame.selection.pinned());
      };
      const frame = {
        model,
        picture,
        controls,
        legend,
        selection: new SharedSelection(model, host, signal, select),
        signal,
        theme: "light",
        fontSize: 13,
        width: 0,
        title(text) {
          heading.textContent = plain(model.get("title") || text);
          root.setAttribute("aria-label", heading.textContent ?? "");
        },
        say(text) {
          if (readout.textContent !== text) readout.textContent = text;
        }
      };
      const view = create2(frame);
      controls.append(menu(model, root, figure, name));
      const draw = () => {
        frame.theme = themeOf(el);
        frame.fontSize = model.get("font_size");
        root.dataset.theme = frame.theme;
        root.style.setProperty("--headstream-font-size", `${frame.fontSize}px`);
        frame.width = Math.floor(root.clientWidth);
        if (frame.width === 0) return;
        const ems = frame.width / frame.fontSize;
        root.dataset.room = ems <= 22 ? "little" : ems <= 40 ? "some" : "much";
        view.draw();
        ready = true;
        select();
      };
      let pending = 0;
      const schedule = () => {
        cancelAnimationFrame(pending);
        pending = requestAnimationFrame(draw);
      };
      for (const trait of [...redraw, "tokens", "title", "font_size"]) model.on(`change:${trait}`, schedule);
      const resize = new ResizeObserver(() => {
        if (Math.floor(root.clientWidth) !== frame.width) schedule();
      });
      resize.observe(root);
      const theme = new MutationObserver(() => {
        if (themeOf(el) !== frame.theme) schedule();
      });
      for (const node of [document.documentElement, document.body]) {
        theme.observe(node, { attributes: true, attributeFilter: THEME_ATTRIBUTES });
      }
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        frame.selection.clear();
        event.stopPropagation();
      });
      root.addEventListener("pointerleave", () => frame.selection.preview(null));
      signal.addEventListener("abort", () => {
        cancelAnimationFrame(pending);
        resize.disconnect();
        theme.disconnect();
      });
      await frame.selection.follow();
      draw();
    }
  };
}
function menu(model, root, figure, name) {
  const background = () => getComputedStyle(root).getPropertyValue("--hs-paper").trim();
  const list = element(
    "div",
    "hs-menu-list",
    {},
    action("Lecture size", "Larger or normal type", () => {
      model.set("font_size", model.get("font_size") >= LECTURE ? 13 : LECTURE);
      model.save_changes();
    }),
    action("Save as SVG", "Save the picture as SVG", () => saveSvg(figure, background(), name)),
    action("Save as PNG", "Save the picture as PNG", () => void savePng(figure, background(), name))
  );
  const details = element(
    "details",
    "hs-menu",
    {},
    element("summary", "hs-button", { "aria-label": "More" }, "⋯"),
    list
  );
  details.addEventListener("focusout", (event) => {
    if (!details.contains(event.relatedTarget)) details.open = false;
  });
  list.addEventListener("click", () => {
    details.open = false;
  });
  return details;
}

// headstream/views/shared/text/format.ts
var MINUS = "−";
function fixed(value, decimals) {
  const text = Number.isFinite(value) ? Math.abs(value).toFixed(decimals) : Number.isNaN(value) ? "–" : "∞";
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}
function probability(p) {
  if (p > 0 && p < 5e-3) return "<.01";
  if (p < 1 && p >= 0.995) return ">.99";
  return p.toFixed(2).replace(/^0/, "");
}

// headstream/views/logit_lens_grid/grid.ts
function grid(drawing, start, hooks) {
  const { frame, lens, quantity: quantity2, layout: layout2, tokens, rowLabels, rowNames, vocabulary } = drawing;
  const { columns, column } = layout2;
  const colors = ramp(frame.theme, "sequential");
  const limit = Math.max(3, Math.floor((column - 0.8 * frame.fontSize) / (0.602 * 0.92 * frame.fontSize)));
  const short = (label) => shortened(visible(label), limit);
  const last = lens.rows - 1;
  let first = start;
  let tabbable = null;
  let marked = [];
  const cells = [];
  const labels = [];
  const line = (label, items) => element("div", "hs-lens-row", { role: "row" }, label, ...items);
  const many = (className, role) => Array.from({ length: columns }, () => element("span", className, { role, style: `width:${column}px` }));
  const name = (text, full) => element("span", "hs-lens-name", { role: "rowheader", "aria-label": full, style: `width:${layout2.label}px` }, text);
  const following = many("hs-lens-next", "gridcell");
  const heads = many("hs-lens-head", "columnheader");
  const box = element("div", "hs-lens-column", { style: `width:${column}px`, hidden: true });
  const root = element("div", "hs-lens-grid", {
    role: "grid",
    "aria-label": "Rows of the stream, the model's output on top; columns are positions. Arrow keys move, Enter pins, a digit pins the token of that rank, Escape clears.",
    "aria-rowcount": lens.rows + 2,
    "aria-colcount": lens.positions + 1,
    style: `--hs-lens-row:${layout2.row}px;width:${layout2.label + columns * column}px`
  });
  root.append(line(name("true next", "the true next token"), following));
  for (let row = last; row >= 0; row--) {
    cells[row] = many("hs-lens-cell", "gridcell");
    labels[row] = name(rowLabels[row], rowNames[row]);
    labels[row].dataset.row = String(row);
    for (const cell of cells[row]) {
      cell.dataset.row = String(row);
      cell.tabIndex = -1;
    }
    root.append(line(labels[row], cells[row]));
  }
  root.append(line(name("token", "the token read"), heads), box);
  function paint() {
    for (let i = 0; i < columns; i++) {
      const position = first + i;
      const next = position + 1 < tokens.length ? tokens[position + 1] : null;
      following[i].textContent = next === null ? "" : short(next);
      following[i].setAttribute("aria-label", next === null ? "nothing follows" : `followed by ${visible(next)}`);
      heads[i].replaceChildren(short(tokens[position]), element("span", "hs-lens-number", {}, String(position)));
      heads[i].setAttribute("aria-label", `position ${position}: ${visible(tokens[position])}`);
      for (const item of [following[i], heads[i]]) item.dataset.position = String(position);
      for (let row = 0; row < lens.rows; row++) paintCell(cells[row][i], row, position);
    }
  }
  function paintCell(cell, row, position) {
    const best = lens.best(row, position);
    const token = vocabulary[lens.ids[best]];
    const value = quantity2.value(row, position);
    const shade = value === null ? null : quantity2.shade(value);
    cell.textContent = short(token);
    cell.classList.toggle("hs-lens-arrived", best === lens.final(position));
    cell.style.background = shade === null ? "" : colors.css(shade);
    cell.style.color = shade === null ? "" : colors.ink(shade);
    cell.dataset.position = String(position);
    cell.dataset.token = String(lens.ids[best]);
    cell.dataset.value = value === null ? "" : quantity2.format(value);
    const said = value === null ? "nothing follows" : quantity2.say(value, position);
    cell.setAttribute("aria-label", `${visible(token)} ${probability(lens.probability(row, best))}; ${said}`);
    cell.setAttribute("aria-colindex", String(position + 2));
  }
  function look(wanted) {
    const next = Math.min(lens.positions - columns, Math.max(0, Math.round(wanted)));
    if (next === first) return;
    first = next;
    paint();
    hooks.moved(first);
  }
  function show(position) {
    if (position < first || position >= first + columns) look(position - (columns - 1) / 2);
  }
  function reach(position) {
    const margin = columns > 4 ? 1 : 0;
    if (position < first + margin) look(position - margin);
    else if (position >= first + columns - margin) look(position - columns + 1 + margin);
  }
  function cellAt({ row, position }) {
    return row === null || position === null ? void 0 : cells[row][position - first];
  }
  function placeOf(event) {
    const found = event.target.closest("[data-row], [data-position]");
    if (!found) return null;
    const { row, position } = found.dataset;
    return { row: row === void 0 ? null : Number(row), position: position === void 0 ? null : Number(position) };
  }
  root.addEventListener("pointerover", (event) => hooks.point(placeOf(event)));
  root.addEventListener("pointerleave", () => hooks.point(null));
  root.addEventListener("focusin", (event) => hooks.point(placeOf(event)));
  root.addEventListener("focusout", (event) => {
    if (!root.contains(event.relatedTarget)) hooks.point(null);
  });
  root.addEventListener("click", (event) => {
    const place = placeOf(event);
    if (place && !swipe?.moved) hooks.keep(place);
  });
  root.addEventListener("keydown", (event) => {
    const place = placeOf(event);
    if (!place || place.row === null || place.position === null) return;
    const { row, position } = place;
    const moves = {
      ArrowUp: [1, 0],
      ArrowDown: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      PageDown: [0, columns],
      PageUp: [0, -columns],
      Home: [0, -position],
      End: [0, lens.positions]
    };
    const move = moves[event.key];
    if (move) {
      const next = {
        row: Math.min(last, Math.max(0, row + move[0])),
        position: Math.min(lens.positions - 1, Math.max(0, position + move[1]))
      };
      reach(next.position);
      cellAt(next)?.focus();
      hooks.point(next);
    } else if (event.key === "Enter" || event.key === " ") hooks.keep(place);
    else if (/^[0-9]$/.test(event.key)) hooks.choose({ row, position }, Number(event.key));
    else return;
    event.preventDefault();
  });
  let rolled = 0;
  root.addEventListener(
    "wheel",
    (event) => {
      const across = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (columns === lens.positions || Math.abs(across) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
      event.preventDefault();
      rolled += across;
      const steps = Math.trunc(rolled / column);
      rolled -= steps * column;
      look(first + steps);
    },
    { passive: false }
  );
  let swipe = null;
  root.addEventListener("pointerdown", (event) => {
    swipe = event.pointerType === "touch" ? { x: event.clientX, from: first, moved: false } : null;
  });
  root.addEventListener("pointermove", (event) => {
    if (!swipe || event.pointerType !== "touch") return;
    const steps = Math.round((swipe.x - event.clientX) / column);
    if (steps) swipe.moved = true;
    look(swipe.from + steps);
  });
  paint();
  return {
    root,
    look,
    show,
    get first() {
      return first;
    },
    /** `shown`: the cell that the panel describes. `pointed`: whether the reader chose it. `layer`: rows to name. */
    mark(shown, pointed, pinned, layer, rowLayer) {
      for (const item of marked) {
        item.classList.remove("hs-current", "hs-pinned", "hs-layer");
        item.removeAttribute("aria-selected");
      }
      marked = [];
      const mark = (item, className) => {
        if (!item) return;
        item.classList.add(className);
        marked.push(item);
      };
      const shownCell = cellAt(shown);
      mark(shownCell, "hs-current");
      mark(labels[shown.row], "hs-current");
      if (pinned) mark(cellAt(pinned), "hs-pinned");
      if (pinned) cellAt(pinned)?.setAttribute("aria-selected", "true");
      labels.forEach((label, row) => {
        if (layer !== null && rowLayer[row] === layer) mark(label, "hs-layer");
      });
      const inside = shown.position >= first && shown.position < first + columns;
      if (inside) mark(heads[shown.position - first], "hs-current");
      box.hidden = !pointed || !inside;
      box.style.left = `${layout2.label + (shown.position - first) * column}px`;
      const entrance = shownCell ?? cells[shown.row][0];
      if (tabbable !== entrance && !(tabbable && tabbable === document.activeElement)) {
        if (tabbable) tabbable.tabIndex = -1;
        tabbable = entrance;
        tabbable.tabIndex = 0;
      }
    }
  };
}

// headstream/views/logit_lens_grid/layout.ts
var COLUMN = { least: 5.4, most: 8.5 };
var PLOT = { least: 15, most: 24 };
var PANEL = 40;
var GAP = 1.6;
function layout(width, em, positions, longestLabel) {
  const label = Math.ceil((0.54 * longestLabel + 0.9) * em);
  const beside = width >= (PANEL + GAP + PLOT.least) * em;
  const gap = beside ? GAP * em : 0;
  const most = width - (beside ? PLOT.least * em + gap : 0);
  const columns = Math.min(positions, Math.max(1, Math.floor((most - label) / (COLUMN.least * em))));
  const column = Math.floor(Math.min((most - label) / columns, COLUMN.most * em));
  const main = beside ? Math.max(label + columns * column, PANEL * em) : width;
  const plot = Math.floor(Math.min(beside ? width - main - gap : width, PLOT.most * em));
  return { label, column, columns, row: Math.round(1.8 * em), main, plot, beside };
}

// headstream/views/shared/wire/arrays.ts
function halfToFloat(bits) {
  const sign = bits & 32768 ? -1 : 1;
  const exponent = bits >> 10 & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
function decode(wire) {
  const { buffer, byteOffset, byteLength } = wire.data;
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  const shape = wire.shape;
  switch (wire.dtype) {
    case "uint8":
      return { shape, data: new Uint8Array(bytes) };
    case "uint16":
      return { shape, data: new Uint16Array(bytes) };
    case "int32":
      return { shape, data: new Int32Array(bytes) };
    case "float32":
      return { shape, data: new Float32Array(bytes) };
    case "float16":
      return { shape, data: Float32Array.from(new Uint16Array(bytes), halfToFloat) };
    default:
      throw new Error(`headstream: unknown dtype ${String(wire.dtype)}`);
  }
}

// headstream/views/logit_lens_grid/lens.ts
var Lens = class {
  /** `norm` is the entry of the arrays' leading axis that is shown. */
  constructor(traits, norm) {
    this.norm = norm;
    const rank = decode(traits.rank);
    this.rows = rank.shape[1];
    this.ranks = rank.data;
    this.starts = decode(traits.starts).data;
    this.positions = this.starts.length - 1;
    this.ids = decode(traits.ids).data;
    this.logProb = decode(traits.log_prob).data;
    this.entropies = decode(traits.entropy).data;
    this.divergences = decode(traits.kl).data;
    this.next = decode(traits.next_token).data;
    this.finals = Array.from({ length: this.positions }, (_, position) => this.best(this.rows - 1, position));
  }
  norm;
  rows;
  positions;
  ids;
  starts;
  logProb;
  ranks;
  entropies;
  divergences;
  next;
  /** [position], the candidate that the last row puts on top. It is the same for every norm. */
  finals;
  at(row, candidate) {
    return (this.norm * this.rows + row) * this.ids.length + candidate;
  }
  rank(row, candidate) {
    return this.ranks[this.at(row, candidate)];
  }
  probability(row, candidate) {
    return Math.exp(this.logProb[this.at(row, candidate)]);
  }
  entropy(row, position) {
    return this.entropies[(this.norm * this.rows + row) * this.positions + position];
  }
  kl(row, position) {
    return this.divergences[(this.norm * this.rows + row) * this.positions + position];
  }
  /** The candidate that a token is at a position; -1 when it is none there. */
  candidate(position, token) {
    for (let i = this.starts[position]; i < this.starts[position + 1]; i++) if (this.ids[i] === token) return i;
    return -1;
  }
  /** The top token's candidate. */
  best(row, position) {
    for (let i = this.starts[position]; i < this.starts[position + 1]; i++) if (this.rank(row, i) === 0) return i;
    throw new Error(`headstream: no top token in row ${row} at position ${position}`);
  }
  /** The candidates of rank below k, best first. */
  top(row, position, k) {
    const found = [];
    for (let i = this.starts[position]; i < this.starts[position + 1]; i++) if (this.rank(row, i) < k) found.push(i);
    return found.sort((a, b) => this.rank(row, a) - this.rank(row, b));
  }
  /** The candidate of the model's own prediction. */
  final(position) {
    return this.finals[position];
  }
  /** The candidate of the token that follows in the text; -1 where nothing follows. */
  following(position) {
    return this.next[position] < 0 ? -1 : this.candidate(position, this.next[position]);
  }
  /** The largest number under every norm: a colour means the same whichever is shown. */
  get largest() {
    const most = (numbers) => {
      let largest = 0;
      for (let i = 0; i < numbers.length; i++) if (numbers[i] > largest) largest = numbers[i];
      return largest;
    };
    return { rank: most(this.ranks), entropy: most(this.entropies), kl: most(this.divergences) };
  }
};

// headstream/views/logit_lens_grid/overview.ts
function overview({ frame, lens, quantity: quantity2, layout: layout2 }, look) {
  const { columns } = layout2;
  const width = columns * layout2.column;
  const height = Math.round(Math.max(1.8, Math.min(4.5, 0.36 * lens.rows)) * frame.fontSize);
  const canvas = element("canvas", "", { width: lens.positions, height: lens.rows, "aria-hidden": "true" });
  const pane = element("div", "hs-lens-pane", { style: `width:${100 * columns / lens.positions}%` });
  const root = element(
    "div",
    "hs-lens-overview",
    {
      role: "slider",
      tabindex: 0,
      "aria-label": "Columns shown",
      "aria-valuemin": 0,
      "aria-valuemax": lens.positions - columns,
      style: `margin-left:${layout2.label}px;width:${width}px;height:${height}px`
    },
    canvas,
    pane
  );
  let first = 0;
  const context = canvas.getContext("2d");
  if (context) {
    const { rgb: rgb2 } = ramp(frame.theme, "sequential");
    const image = context.createImageData(lens.positions, lens.rows);
    for (let row = 0; row < lens.rows; row++) {
      for (let position = 0; position < lens.positions; position++) {
        const value = quantity2.value(row, position);
        if (value === null) continue;
        const color2 = 3 * Math.round(255 * Math.min(1, Math.max(0, quantity2.shade(value))));
        image.data.set(
          [rgb2[color2], rgb2[color2 + 1], rgb2[color2 + 2], 255],
          4 * ((lens.rows - 1 - row) * lens.positions + position)
        );
      }
    }
    context.putImageData(image, 0, 0);
  }
  const follow = (event) => {
    const box = canvas.getBoundingClientRect();
    look((event.clientX - box.left) / box.width * lens.positions - columns / 2);
  };
  root.addEventListener("pointerdown", (event) => {
    root.setPointerCapture(event.pointerId);
    follow(event);
  });
  root.addEventListener("pointermove", (event) => {
    if (root.hasPointerCapture(event.pointerId)) follow(event);
  });
  root.addEventListener("keydown", (event) => {
    const steps = {
      ArrowRight: 1,
      ArrowUp: 1,
      ArrowLeft: -1,
      ArrowDown: -1,
      PageUp: columns,
      PageDown: -columns,
      Home: -first,
      End: lens.positions
    };
    const step = steps[event.key];
    if (step === void 0) return;
    look(first + step);
    event.preventDefault();
  });
  return {
    root,
    height,
    mark(next) {
      first = next;
      pane.style.left = `${100 * first / lens.positions}%`;
      root.setAttribute("aria-valuenow", String(first));
      root.setAttribute("aria-valuetext", `positions ${first} to ${first + columns - 1} of ${lens.positions}`);
    }
  };
}

// headstream/views/logit_lens_grid/quantity.ts
var QUANTITIES = {
  final_rank: "rank of final",
  final_probability: "p of final",
  next_rank: "rank of true next",
  entropy: "entropy",
  kl: "KL to final"
};
function rankShade(rank, decades) {
  return Math.max(0, 1 - Math.log10(1 + rank) / decades);
}
function decadesFor(largest) {
  return Math.max(1, Math.ceil(Math.log10(1 + largest)));
}
function rankTicks(decades) {
  const ranks = [0, ...Array.from({ length: decades }, (_, power) => 10 ** power)];
  return ranks.map((rank) => ({ at: rankShade(rank, decades), label: rank < 1e3 ? String(rank) : `${rank / 1e3}k` }));
}
function roundTicks(largest, shade) {
  const step = [1, 2, 5, 10, 20, 50].find((size) => largest / size <= 4) ?? 100;
  const values = Array.from({ length: Math.floor(largest / step) + 1 }, (_, i) => i * step);
  return values.map((value) => ({ at: shade(value), label: String(value) }));
}
function quantity(name, lens, label) {
  if (name === "final_probability") {
    const ticks = [0, 0.1, 0.25, 0.5, 1];
    return {
      legend: "probability of the final prediction",
      ticks: ticks.map((p) => ({ at: Math.sqrt(p), label: p % 1 ? probability(p) : String(p) })),
      value: (row, position) => lens.probability(row, lens.final(position)),
      shade: Math.sqrt,
      format: probability,
      say: (value2, position) => `the final prediction ${label(lens.final(position))} has probability ${probability(value2)}`
    };
  }
  if (name === "final_rank" || name === "next_rank") {
    const decades = decadesFor(lens.largest.rank);
    const which = (position) => name === "final_rank" ? lens.final(position) : lens.following(position);
    const noun = name === "final_rank" ? "the final prediction" : "the true next token";
    return {
      legend: `rank of ${noun} (0: on top), log scale`,
      // On so short a scale 1 and 0 would read as 10.
      ticks: rankTicks(decades).filter(({ label: label2 }) => label2 !== "1"),
      value: (row, position) => which(position) < 0 ? null : lens.rank(row, which(position)),
      shade: (rank) => rankShade(rank, decades),
      format: String,
      say: (rank, position) => `${noun} ${label(which(position))} has rank ${rank}`
    };
  }
  const value = (row, position) => name === "entropy" ? lens.entropy(row, position) : lens.kl(row, position);
  const largest = Math.max(1, Math.ceil(lens.largest[name]));
  const shade = name === "entropy" ? (x) => 1 - x / largest : (x) => 1 - Math.sqrt(x / largest);
  return {
    legend: name === "entropy" ? "entropy, nats" : "KL(final row ‖ this row), nats",
    ticks: roundTicks(largest, shade),
    value,
    shade,
    format: nats,
    say: (x) => name === "entropy" ? `the entropy is ${nats(x)} nats` : `KL to the final row is ${nats(x)} nats`
  };
}
function nats(value) {
  return fixed(value, 2);
}

// headstream/views/logit_lens_grid/panel.ts
var LIMIT = 12;
function panel({ lens, tokens, rowLabels, vocabulary }, top, hooks) {
  const short = (label) => shortened(visible(label), LIMIT);
  const place = element("div", "hs-lens-place");
  const final = standing();
  const following = standing();
  const entropy = element("span", "hs-number");
  const kl = element("span", "hs-number");
  const choices = Array.from({ length: top }, (_, k) => {
    const token = element("span", "hs-lens-token");
    const number = element("span", "hs-number");
    const bar = element("span", "hs-lens-bar");
    const rank = element("span", "hs-quiet", {}, String(k));
    const button = element("button", "hs-lens-choice", { type: "button" }, bar, rank, token, number);
    button.addEventListener("pointerenter", () => hooks.point(Number(button.dataset.token)));
    button.addEventListener("pointerleave", () => hooks.point(null));
    button.addEventListener("click", () => hooks.choose(k));
    return { button, token, number, bar };
  });
  const fact = (name, ...values) => [
    element("span", "hs-quiet", {}, name),
    element("span", "hs-lens-values", {}, ...values)
  ];
  const facts = element(
    "div",
    "hs-lens-facts",
    {},
    place,
    ...fact("final prediction", final.token, final.rank, final.p),
    ...fact("true next", following.token, following.rank, following.p),
    ...fact("entropy", entropy),
    ...fact("KL(final ‖ this row)", kl)
  );
  const list = element(
    "div",
    "hs-lens-choices",
    { role: "group", "aria-label": "Top tokens of the cell" },
    ...choices.map(({ button }) => button)
  );
  const root = element("div", "hs-lens-panel", {}, facts, list);
  function stand({ token, rank, p }, row, candidate) {
    token.textContent = candidate < 0 ? "–" : short(vocabulary[lens.ids[candidate]]);
    rank.textContent = candidate < 0 ? "" : `rank ${lens.rank(row, candidate)}`;
    p.textContent = candidate < 0 ? "" : probability(lens.probability(row, candidate));
  }
  return {
    root,
    show({ row, position }, token) {
      place.replaceChildren(
        element("b", "", {}, rowLabels[row]),
        element("span", "hs-quiet", {}, `at ${position}`),
        element("span", "hs-lens-token", {}, short(tokens[position]))
      );
      stand(final, row, lens.final(position));
      stand(following, row, lens.following(position));
      entropy.textContent = `${nats(lens.entropy(row, position))} nats`;
      kl.textContent = `${nats(lens.kl(row, position))} nats`;
      const best = lens.top(row, position, top);
      choices.forEach((choice2, k) => {
        const candidate = best[k];
        choice2.button.style.visibility = candidate === void 0 ? "hidden" : "";
        if (candidate === void 0) return;
        const id = lens.ids[candidate];
        const p = lens.probability(row, candidate);
        choice2.token.textContent = short(vocabulary[id]);
        choice2.number.textContent = probability(p);
        choice2.bar.style.width = `${100 * p}%`;
        choice2.button.dataset.token = String(id);
        choice2.button.setAttribute("aria-pressed", String(id === token));
        choice2.button.setAttribute("aria-label", `Rank ${k}: ${visible(vocabulary[id])} ${probability(p)}; plot it`);
      });
    }
  };
}
function standing() {
  const token = element("span", "hs-lens-token");
  const rank = element("span", "hs-number hs-lens-rank");
  const p = element("span", "hs-number");
  return { token, rank, p };
}

// headstream/views/logit_lens_grid/trajectories.ts
var SHAPES = [
  "M-1,-1H1V1H-1Z",
  "M0,-1.3L1.2,.9H-1.2Z",
  "M0,-1.4L1.4,0L0,1.4L-1.4,0Z",
  "M0,1.3L1.2,-.9H-1.2Z",
  "M-1.2,-.4H-.4V-1.2H.4V-.4H1.2V.4H.4V1.2H-.4V.4H-1.2Z"
];
var CIRCLE = "M-1.1,0A1.1,1.1 0 1 1 1.1,0A1.1,1.1 0 1 1 -1.1,0Z";
function trajectories({ frame, lens, layout: layout2, tokens, rowLabels, rowNames, vocabulary }, kind, hooks) {
  const em = frame.fontSize;
  const left = layout2.beside ? 0.8 * em : layout2.label;
  const right = 0.8 * em;
  const head = layout2.row;
  const height = head + lens.rows * layout2.row + 2.2 * em;
  const decades = decadesFor(lens.largest.rank);
  const x = (t) => left + t * (layout2.plot - left - right);
  const y = (row) => head + (lens.rows - 1 - row + 0.5) * layout2.row;
  const value = (row, candidate) => kind === "rank" ? lens.rank(row, candidate) : lens.probability(row, candidate);
  const place = (number) => x(kind === "rank" ? rankShade(number, decades) : number);
  const format = (number) => kind === "rank" ? String(number) : probability(number);
  const lines2 = svg("g");
  const picture = svg("svg", { width: layout2.plot, height, role: "img" });
  const bottom = head + lens.rows * layout2.row;
  const ticks = kind === "rank" ? readable(rankTicks(decades)) : [0, 0.5, 1].map((at) => ({ at, label: at % 1 ? ".5" : String(at) }));
  for (const { at, label } of ticks) {
    picture.append(
      svg("line", { class: "hs-lens-rule", x1: x(at), x2: x(at), y1: head, y2: bottom }),
      svg("text", { x: x(at), y: bottom + 1.2 * em, "text-anchor": "middle" }, label)
    );
  }
  for (let row = 0; row < lens.rows; row++) {
    picture.append(svg("line", { class: "hs-lens-rule", x1: x(0), x2: x(1), y1: y(row), y2: y(row) }));
    if (!layout2.beside) {
      picture.append(svg("text", { x: left - 0.8 * em, y: y(row) + 0.32 * em, "text-anchor": "end" }, rowLabels[row]));
    }
  }
  const title = kind === "rank" ? "rank of the token" : "probability of the token";
  picture.append(svg("text", { x: x(0), y: 0.65 * head }, title), lines2);
  const list = element("div", "hs-lens-tracks", { role: "list", "aria-label": "Trajectories" });
  const root = element("div", "hs-lens-side", { style: `width:${layout2.plot}px` }, picture, list);
  function readable(all) {
    return all.filter(({ at }) => at === 1 || x(1) - x(at) > 1.4 * em);
  }
  function draw(track, className, shape, now) {
    const candidate = lens.candidate(track.position, track.token);
    if (candidate < 0) return null;
    const group = svg("g", { class: className, "data-position": track.position, "data-token": track.token });
    const points = Array.from({ length: lens.rows }, (_, row) => [place(value(row, candidate)), y(row)]);
    group.append(svg("polyline", { points: points.map((point) => point.join(",")).join(" ") }));
    points.forEach(([px, py], row) => {
      const size = 0.26 * em * (row === now ? 1.6 : 1);
      const number = format(value(row, candidate));
      group.append(
        svg("path", {
          d: shape,
          transform: `translate(${px},${py}) scale(${size})`,
          "data-row": row,
          "data-value": number
        })
      );
    });
    if (now !== null) {
      const [px, py] = points[now];
      const toLeft = px > x(0.5);
      group.append(
        svg(
          "text",
          {
            class: "hs-lens-here",
            x: px + (toLeft ? -0.7 : 0.7) * em,
            y: py - 0.35 * em,
            "text-anchor": toLeft ? "end" : "start"
          },
          format(value(now, candidate))
        )
      );
    }
    return group;
  }
  function entry(track, className, shape, pinned) {
    const mark = svg("svg", { class: className, width: em, height: em, viewBox: "-2 -2 4 4", "aria-hidden": "true" });
    mark.append(svg("path", { d: shape }));
    const text = element(
      "button",
      "hs-lens-track",
      { type: "button" },
      element("span", "hs-lens-token", {}, shortened(visible(vocabulary[track.token]), 12)),
      element("span", "hs-quiet", {}, `at ${track.position}`),
      element("span", "hs-lens-token", {}, shortened(visible(tokens[track.position]), 8))
    );
    text.addEventListener("click", () => hooks.show(track));
    const item = element("div", "hs-lens-entry", { role: "listitem" }, mark, text);
    if (pinned) {
      const drop = action("×", `Remove the trajectory of ${visible(vocabulary[track.token])}`, () => hooks.drop(track));
      drop.dataset.hsUnsaved = "";
      item.append(drop);
    }
    return item;
  }
  return {
    root,
    /** `current` is drawn over the pinned ones, with its number in the row that is shown. */
    show(current, row, pins) {
      const same = (track) => track.position === current.position && track.token === current.token;
      const marks = pins.map((track, index) => ({ track, shape: SHAPES[index % SHAPES.length] }));
      const own = marks.find(({ track }) => same(track));
      const others = marks.filter((mark) => mark !== own);
      const drawn = others.map(({ track, shape }) => draw(track, "hs-lens-line", shape, null));
      drawn.push(draw(current, "hs-lens-line hs-current", own?.shape ?? CIRCLE, row));
      lines2.replaceChildren(...drawn.filter((group) => group !== null));
      const entries = marks.map(
        ({ track, shape }) => entry(track, `hs-lens-line${same(track) ? " hs-current" : ""}`, shape, true)
      );
      if (!own) entries.unshift(entry(current, "hs-lens-line hs-current", CIRCLE, false));
      list.replaceChildren(...entries);
      list.style.minHeight = `${1.55 * (layout2.beside ? SHAPES.length + 1 : pins.length + 1)}em`;
      picture.setAttribute("aria-label", describe(current));
    }
  };
  function describe({ position, token }) {
    const candidate = lens.candidate(position, token);
    const numbers = rowNames.map((name, row) => `${name} ${format(value(row, candidate))}`).join(", ");
    return `${kind === "rank" ? "Rank" : "Probability"} of ${quoted(vocabulary[token])} at position ${position}: ${numbers}`;
  }
}

// headstream/views/logit_lens_grid/index.ts
var DATA = ["starts", "ids", "log_prob", "rank", "entropy", "kl", "next_token"];
var MAX_PINS = 5;
var NORM = {
  own: "The final LayerNorm divides each row by its own standard deviation.",
  final: "The final LayerNorm divides every row by the last row's standard deviation: rows differ only by what was written.",
  none: "This model has no LayerNorm: each row is read by W_U as it is."
};
function create(frame) {
  const { model, selection, controls } = frame;
  let drawing;
  let columns;
  let strip = null;
  let cellPanel;
  let plot;
  let hover = null;
  let hoverToken = null;
  let first = 0;
  let shown;
  let followed = null;
  let shownColumns = 0;
  const norms = model.get("norms");
  const names = { own: "own scale", final: "last row's scale" };
  controls.append(choice(model, "color", "Colour", QUANTITIES));
  if (norms.length > 1) {
    controls.append(choice(model, "norm", "LayerNorm", Object.fromEntries(norms.map((name) => [name, names[name]]))));
  }
  controls.append(choice(model, "trajectory", "Plot", { rank: "rank", probability: "p" }));
  const rowLayer = () => model.get("row_layer");
  const layerOf = (row) => rowLayer()[row] < 0 ? null : rowLayer()[row];
  const pins = () => model.get("pins").map(([position, token]) => ({ position, token })).filter(({ position, token }) => drawing.lens.candidate(position, token) >= 0);
  const setPins = (tracks) => model.set(
    "pins",
    tracks.map(({ position, token }) => [position, token])
  );
  function rowOf({ layer, position }) {
    const row = model.get("row");
    const pinnedHere = row !== null && row < drawing.lens.rows && layerOf(row) === layer;
    if (pinnedHere && (layer !== null || position !== null)) return row;
    return layer === null ? drawing.lens.rows - 1 : rowLayer().lastIndexOf(layer);
  }
  function pinnedCell(pinned) {
    return pinned.position === null ? null : { row: rowOf(pinned), position: pinned.position };
  }
  function preview() {
    if (!hover) {
      selection.preview(null);
      return;
    }
    const { row, position } = hover;
    selection.preview({
      ...row === null ? {} : { layer: layerOf(row) },
      ...position === null ? {} : { position, token: row === null ? null : drawing.lens.ids[drawing.lens.best(row, position)] }
    });
  }
  function pin(cell, token) {
    const others = pins().filter((track) => track.position !== cell.position || track.token !== token);
    model.set("row", cell.row);
    setPins([...others, { position: cell.position, token }].slice(-MAX_PINS));
    model.save_changes();
    hoverToken = null;
    selection.pin({ layer: layerOf(cell.row), position: cell.position, token });
  }
  const hooks = {
    point(place) {
      hover = place;
      preview();
    },
    keep({ row, position }) {
      hover = null;
      if (row !== null && position !== null) {
        pin({ row, position }, drawing.lens.ids[drawing.lens.best(row, position)]);
        return;
      }
      if (row !== null) {
        model.set("row", row);
        model.save_changes();
      }
      selection.pin({
        ...row === null ? {} : { layer: layerOf(row) },
        ...position === null ? {} : { position, token: null }
      });
    },
    choose(cell, k) {
      const candidate = drawing.lens.top(cell.row, cell.position, model.get("top"))[k];
      if (candidate !== void 0) pin(cell, drawing.lens.ids[candidate]);
    },
    moved(next) {
      first = next;
      strip?.mark(first);
      update();
    }
  };
  function update() {
    if (drawing) select(selection.current(), selection.pinned());
  }
  for (const change of ["change:pins", "change:row"]) {
    model.on(change, update);
    frame.signal.addEventListener("abort", () => model.off(change, update));
  }
  frame.picture.closest(".headstream")?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hover = null;
    model.set("row", null);
    setPins([]);
    model.save_changes();
  });
  function draw() {
    const tokens = model.get("tokens");
    const vocabulary = model.get("vocabulary");
    const rows = model.get("rows");
    const norm = model.get("norm");
    const traits = Object.fromEntries(DATA.map((name) => [name, model.get(name)]));
    const lens = new Lens(traits, model.get("norms").indexOf(norm));
    const rowLabels = rows.map((label, row) => row === rows.length - 1 ? "output" : label);
    const longest = Math.max(9, ...rowLabels.map((label) => label.length));
    drawing = {
      frame,
      lens,
      quantity: quantity(
        model.get("color"),
        lens,
        (candidate) => quoted(vocabulary[lens.ids[candidate]])
      ),
      layout: layout(frame.width, frame.fontSize, lens.positions, longest),
      tokens,
      rowLabels,
      rowNames: rows.map((label, row) => `after ${label}${row === rows.length - 1 ? " (output)" : ""}`),
      vocabulary
    };
    selection.sizes = { layer: Math.max(0, ...rowLayer()) + 1, position: lens.positions };
    first = Math.min(first, lens.positions - drawing.layout.columns);
    columns = grid(drawing, first, hooks);
    strip = drawing.layout.columns < lens.positions ? overview(drawing, columns.look) : null;
    strip?.mark(first);
    cellPanel = panel(drawing, model.get("top"), {
      point(token) {
        hoverToken = token;
        selection.preview(token === null ? null : { layer: layerOf(shown.row), position: shown.position, token });
      },
      choose: (k) => hooks.choose(shown, k)
    });
    plot = trajectories(drawing, model.get("trajectory"), {
      show({ position, token }) {
        selection.pin({ position, token });
      },
      drop(track) {
        setPins(pins().filter((other) => other.position !== track.position || other.token !== track.token));
        model.save_changes();
      }
    });
    const { main, beside } = drawing.layout;
    const left = element(
      "div",
      "",
      { style: `width:${main}px` },
      ...strip ? [strip.root] : [],
      columns.root,
      cellPanel.root
    );
    if (strip && beside) plot.root.style.marginTop = `${strip.height + 0.5 * frame.fontSize}px`;
    frame.picture.replaceChildren(element("div", "hs-lens-both", {}, left, plot.root));
    const { legend, ticks } = drawing.quantity;
    frame.legend.replaceChildren(
      scaleLegend(frame.theme, "sequential", legend, ticks),
      element("span", "hs-quiet", {}, element("b", "", {}, "Bold"), ": already the final prediction."),
      element("span", "hs-quiet hs-lens-norm", {}, NORM[norm])
    );
    frame.title("Logit lens: the next token, read off the stream after each write");
    if (drawing.layout.columns !== shownColumns) followed = null;
    shownColumns = drawing.layout.columns;
  }
  function select(current, pinned) {
    const { lens } = drawing;
    const mine = hover !== null && selection.previewing && (hover.position === null || hover.position === current.position);
    const kept = pinnedCell(pinned);
    const position = current.position ?? columns.first + drawing.layout.columns - 1;
    const row = mine && hover?.row != null ? hover.row : rowOf(current);
    const asked = mine || hoverToken !== null || current.position === pinned.position ? current.token : null;
    const token = lens.candidate(position, asked) < 0 ? lens.ids[lens.best(row, position)] : asked;
    shown = { row, position, token };
    if (current.position !== null && !mine && hoverToken === null && current.position !== followed) {
      followed = current.position;
      columns.show(position);
    }
    const pointed = current.position !== null;
    columns.mark(shown, pointed, kept, current.layer, rowLayer());
    cellPanel.show(shown, token);
    plot.show({ position, token }, row, pins());
    frame.say(
      pointed ? sentence() : "Point at a cell for its top tokens; a click or Enter pins the first, a digit the one of that rank; Escape lets go."
    );
  }
  function sentence() {
    const { lens, tokens, rowNames, vocabulary } = drawing;
    const { row, position } = shown;
    const best = lens.best(row, position);
    const name = rowNames[row][0].toUpperCase() + rowNames[row].slice(1);
    const guess = `${name}, at ${quoted(tokens[position])}: ${quoted(vocabulary[lens.ids[best]])} ${probability(lens.probability(row, best))}`;
    const value = drawing.quantity.value(row, position);
    return value === null ? `${guess}; nothing follows in the text.` : `${guess}; ${drawing.quantity.say(value, position)}.`;
  }
  return { draw, select };
}
var logit_lens_grid_default = defineView(
  "logit_lens_grid",
  [...DATA, "rows", "row_layer", "norms", "vocabulary", "top", "norm", "color", "trajectory"],
  create
);
export {
  logit_lens_grid_default as default
};
