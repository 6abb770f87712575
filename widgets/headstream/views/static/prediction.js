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

// headstream/views/shared/draw/verdict.ts
function paintVerdicts(node, theme) {
  const { css } = ramp(theme, "diverging");
  for (const [name, place] of Object.entries({ wrong: 0, "wrong-wash": 0.45, "right-wash": 0.55, right: 1 })) {
    node.style.setProperty(`--hs-${name}`, css(place));
  }
}

// headstream/views/shared/text/tokens.ts
var INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;
var RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
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
function plainLines(text2) {
  return text2.split("\n").map(plain).join("\n");
}
function shortened(text2, limit) {
  const characters = [...text2];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : text2;
}

// headstream/views/shared/wire/arrays.ts
var MOST_DEFLATED = 1032;
var LARGE = 2 ** 17;
var Damaged = class extends Error {
};
var BYTES = { uint8: 1, uint16: 2, int32: 4, float16: 2, float32: 4 };
function inflatedAhead(value) {
  const wire = value;
  const isLarge = wire?.deflated && wire.data instanceof DataView && wire.data.byteLength >= LARGE;
  return isLarge ? natively(wire).catch(() => value) : null;
}
async function natively(wire) {
  const { shape, dtype, data } = wire;
  const wanted = shape.reduce((product, count) => product * count, BYTES[dtype]);
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
function numbersOf(length, value) {
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) out[i] = value(i);
  return out;
}
var PROBABILITIES = numbersOf(256, (byte) => (byte / 255) ** 2);
function shown(value) {
  const text2 = typeof value === "string" ? `'${value}'` : JSON.stringify(value) ?? String(value);
  return text2.length > 60 ? `one ${typeof value}` : text2;
}

// headstream/views/shared/wire/readers.ts
function reader(expected, fits) {
  return (value, name) => {
    if (!fits(value)) throw new Damaged(`${name}: expected ${expected}, got ${shown(value)}`);
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
  const [x, y] = [Math.max(box.left, sight.left), Math.max(box.top, sight.top)];
  return new DOMRect(x, y, Math.min(box.right, sight.right) - x, Math.min(box.bottom, sight.bottom) - y);
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
  const x = box.left - frame.left;
  const y = box.top - frame.top;
  if (node instanceof HTMLCanvasElement) {
    const href = node.toDataURL("image/png");
    const place = { x, y, width: box.width, height: box.height, preserveAspectRatio: "none" };
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
    for (const [name, value] of Object.entries({ x, y, width: box.width, height: box.height })) {
      copied.setAttribute(name, String(value));
    }
    out.append(copied);
    return;
  }
  paintBox(style, x, y, box, out);
  for (const child of node.childNodes) {
    if (child instanceof Element) copy(child, out, frame, sight);
    else if (child instanceof Text) paintText(child, style, out, frame, sight);
  }
}
function paintBox(style, x, y, box, out) {
  const filled2 = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  if (filled2) {
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
  const fill = `rgb(${[red, green, blue].map(Math.round).join(", ")})`;
  return { fill, "fill-opacity": alpha < 1 ? alpha : void 0 };
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
var EMPTY = Object.fromEntries(FIELDS.map((field2) => [field2, null]));
var PREVIEW = "headstream:preview";
function ownPins(changed) {
  const kept = { ...EMPTY };
  return {
    get: (field2) => kept[field2],
    set: (field2, value) => {
      kept[field2] = value;
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
    for (const field2 of FIELDS) model?.on(`change:${field2}`, this.schedule);
    this.hover = null;
    this.schedule();
  };
  unfollow() {
    for (const field2 of FIELDS) this.model?.off(`change:${field2}`, this.schedule);
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
    for (const field2 of FIELDS) {
      const value = result[field2];
      const size = this.sizes[field2];
      if (value !== null && size !== void 0 && !(value >= 0 && value < size)) result[field2] = null;
    }
    return result;
  }
  /** What is pinned. */
  pinned() {
    const result = { ...EMPTY };
    for (const field2 of FIELDS) result[field2] = this.pins.get(field2) ?? null;
    return this.inRange(result);
  }
  /** What is shown: the preview where there is one, else what is pinned. */
  current() {
    const pinned = this.pinned();
    if (!this.hover) return pinned;
    const merged = this.inRange({ ...EMPTY, ...this.hover });
    for (const field2 of FIELDS) {
      const given = this.hover[field2];
      if (given === void 0 || given !== null && merged[field2] === null) merged[field2] = pinned[field2];
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
    for (const field2 of FIELDS) {
      const value = part[field2];
      if (value !== void 0) this.pins.set(field2, value);
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
  const fixed = boxes.filter((box, index) => box.clientHeight > 0 && box.clientHeight === before[index]);
  element2.style.minHeight = "";
  return fixed.at(-1) ?? null;
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
      const inflated = inflatedAhead(sent)?.then((whole2) => void Object.assign(one2, { whole: whole2, coming: null }));
      const one2 = { sent, whole: sent, coming: inflated ?? null };
      if (inflated) this.ahead.set(name, one2);
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
        reselect: select
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
        select();
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
  const next = steps[key];
  return next === void 0 ? void 0 : Math.min(last, Math.max(0, next));
}

// headstream/views/prediction/state.ts
var LETTERS = "abcdefghij";
var WORDS = {
  chosen: "your answer",
  right: "✓ right",
  wrong: "✗ your answer"
};
function checkAsked({ options, answer, truth, why }) {
  if (!options.length) return;
  for (const [name, text2] of Object.entries({ answer, truth })) {
    if (text2 !== null && !options.includes(text2)) throw new Damaged(`${name}: expected one of the options`);
  }
  if (why.length > 1 && why.length !== options.length) throw new Damaged("why: expected one an option");
}
function decided({ answer, truth, asked }) {
  return truth !== null && (answer !== null || asked);
}
function waiting2(asked) {
  return asked.truth !== null && !decided(asked);
}
function markOf(asked, option) {
  if (decided(asked) && option === asked.truth) return "right";
  if (option !== asked.answer) return null;
  return decided(asked) ? "wrong" : "chosen";
}
function markOfTyped(asked) {
  const { answer, truth } = asked;
  if (answer === null) return null;
  if (truth === null || isNumber(truth)) return "chosen";
  return bare(answer) === bare(truth) ? "right" : "wrong";
}
function isNumber(text2) {
  return text2.trim() !== "" && Number.isFinite(Number(text2));
}
function bare(text2) {
  return text2.trim().replace(/^(["'])(.*)\1$/s, "$2").trim().toLowerCase();
}
function reason(asked, index, all) {
  const { options, why } = asked;
  if (!decided(asked) || why.length < 2) return "";
  return all || markOf(asked, options[index]) ? why[index] : "";
}
function hasOthers(asked) {
  return asked.options.some((_, index) => reason(asked, index, true) !== reason(asked, index, false));
}
function sentence(asked) {
  const { options, answer, truth, why } = asked;
  const name = (text2) => options.length ? LETTERS[options.indexOf(text2)] : isNumber(text2) ? plain(text2) : quoted(text2);
  if (truth !== null && decided(asked)) {
    const mark = options.length && answer !== null ? markOf(asked, answer) : markOfTyped(asked);
    const verdict = answer === null ? `The answer is ${name(truth)}. You made no prediction.` : mark === "right" ? "You were right." : `${mark === "wrong" ? "Not so" : `You said ${name(answer)}`}: the answer is ${name(truth)}.`;
    return why.length === 1 ? `${verdict}
${plainLines(why[0])}` : verdict;
  }
  if (answer !== null) return `Your answer is ${name(answer)}. You may change it until the right one is shown.`;
  if (truth !== null) return "The answer is known. Commit to yours first, and it is shown.";
  return options.length ? "Choose one, then read on." : "Type your answer and press Enter, then read on.";
}

// headstream/views/prediction/answers.ts
function paintMark(row, words, mark) {
  words.textContent = mark ? WORDS[mark] : "";
  if (mark) row.dataset.mark = mark;
  else delete row.dataset.mark;
}
function optionList(options, answered) {
  const root = element("div", "hs-options", { role: "radiogroup" });
  let open = true;
  const rows = options.map((option, index) => {
    const attributes = { role: "radio", tabindex: -1, "data-index": index, "data-key": `option-${index}` };
    const letter = element("span", "hs-letter", {}, LETTERS[index]);
    const words = element("span", "hs-verdict");
    const row = element("div", "hs-option", attributes, letter, element("span", "hs-text", {}, plain(option)), words);
    const why = element("p", "hs-reason");
    root.append(row, why);
    return { row, words, why };
  });
  const reach = pointAndKeep({
    root,
    at(event) {
      const row = event.target.closest(".hs-option");
      return row ? Number(row.dataset.index) : null;
    },
    element: (index) => rows[index].row,
    step: (index, key) => listStep(index, key, rows.length),
    point() {
    },
    keep(index) {
      if (open) answered(options[index]);
    }
  });
  return {
    root,
    paint(question, asked) {
      open = !decided(asked);
      root.setAttribute("aria-label", plain(question));
      root.toggleAttribute("data-open", open);
      rows.forEach(({ row, words }, index) => {
        paintMark(row, words, markOf(asked, options[index]));
        row.setAttribute("aria-checked", String(options[index] === asked.answer));
        row.setAttribute("aria-disabled", String(!open));
      });
      reach.offer(rows[Math.max(0, options.indexOf(asked.answer ?? ""))].row);
    },
    explain(asked, all) {
      rows.forEach(({ why }, index) => {
        const text2 = plainLines(reason(asked, index, all));
        if (why.textContent !== text2) why.textContent = text2;
      });
    },
    stop: () => root.querySelector("[tabindex='0']") ?? rows[0].row
  };
}
function field(answered) {
  const input = element("input", "hs-search", { type: "text", autocomplete: "off", "data-key": "answer" });
  const button = element("button", "hs-button", { type: "button", "data-key": "record" }, "Record");
  const words = element("span", "hs-verdict");
  const typed = element("div", "hs-line", {}, input, button, words);
  const truth = element("span", "hs-text", { tabindex: -1 });
  const right = element("div", "hs-line", {}, truth, element("span", "hs-verdict", {}, "the answer"));
  let shown2 = null;
  const record = () => {
    if (!input.readOnly) answered(input.value.trim() === "" ? null : input.value);
  };
  button.addEventListener("click", record);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    record();
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    root: element("div", "hs-field", {}, typed, right),
    paint(question, asked) {
      const closed = decided(asked);
      const mark = closed ? markOfTyped(asked) : null;
      input.setAttribute("aria-label", plain(question));
      if (asked.answer !== shown2) input.value = asked.answer === null ? "" : plain(asked.answer);
      shown2 = asked.answer;
      input.readOnly = closed;
      typed.hidden = closed && asked.answer === null;
      button.hidden = closed;
      words.hidden = !closed;
      paintMark(typed, words, mark);
      right.hidden = !closed || mark === "right";
      truth.textContent = plain(asked.truth ?? "");
    },
    explain() {
    },
    stop: () => typed.hidden ? truth : input
  };
}

// headstream/views/prediction/index.ts
var READERS = {
  question: text,
  options: texts,
  answer: optional(text),
  truth: optional(text),
  why: texts,
  asked: flag
};
function create(frame) {
  const { traits } = frame;
  const question = element("p", "hs-question");
  const answered = (answer) => frame.set({ answer });
  const typing = field(answered);
  let answers = typing;
  let truthWaits = false;
  let all = false;
  const more = element("button", "hs-button", { type: "button", "data-key": "more" });
  more.addEventListener("click", () => {
    if (truthWaits) return frame.set({ asked: true });
    all = !all;
    frame.reselect();
  });
  frame.onClear(() => {
    if (!decided(traits) && traits.answer !== null) frame.set({ answer: null });
  });
  return {
    build() {
      answers = traits.options.length ? optionList(traits.options, answered) : typing;
      frame.picture.replaceChildren(question, answers.root);
    },
    paint() {
      checkAsked(traits);
      frame.title("");
      paintVerdicts(frame.picture, frame.theme);
      question.textContent = plain(traits.question);
      answers.paint(traits.question, traits);
      truthWaits = waiting2(traits);
      frame.say(sentence(traits));
    },
    select() {
      all &&= hasOthers(traits);
      answers.explain(traits, all);
      offer();
    }
  };
  function offer() {
    more.textContent = truthWaits ? "Show the answer" : all ? "Hide the others" : "Why not the others?";
    if (truthWaits) more.removeAttribute("aria-expanded");
    else more.setAttribute("aria-expanded", String(all));
    if (truthWaits || hasOthers(traits)) {
      if (!more.parentElement) frame.controls.prepend(more);
      return;
    }
    const { activeElement } = frame.picture.getRootNode();
    more.remove();
    if (activeElement === more) answers.stop().focus({ preventScroll: true });
  }
}
var prediction_default = defineView({ name: "prediction", readers: READERS, structure: ({ options }) => options, create });
export {
  prediction_default as default
};
