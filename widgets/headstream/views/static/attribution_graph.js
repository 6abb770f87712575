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

// node_modules/d3-color/dist/d3-color.mjs
function define(constructor, factory, prototype) {
  constructor.prototype = factory.prototype = prototype;
  prototype.constructor = constructor;
}
function extend(parent, definition) {
  var prototype = Object.create(parent.prototype);
  for (var key2 in definition) prototype[key2] = definition[key2];
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
  var r = rgb2lrgb(o.r), g = rgb2lrgb(o.g), b = rgb2lrgb(o.b), y = xyz2lab((0.2225045 * r + 0.7168786 * g + 0.0606169 * b) / Yn), x2, z;
  if (r === g && g === b) x2 = z = y;
  else {
    x2 = xyz2lab((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / Xn);
    z = xyz2lab((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / Zn);
  }
  return new Lab(116 * y - 16, 500 * (x2 - y), 200 * (y - z), o.opacity);
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
    var y = (this.l + 16) / 116, x2 = isNaN(this.a) ? y : y + this.a / 500, z = isNaN(this.b) ? y : y - this.b / 200;
    x2 = Xn * lab2xyz(x2);
    y = Yn * lab2xyz(y);
    z = Zn * lab2xyz(z);
    return new Rgb(
      lrgb2rgb(3.1338561 * x2 - 1.6168667 * y - 0.4906146 * z),
      lrgb2rgb(-0.9787684 * x2 + 1.9161415 * y + 0.033454 * z),
      lrgb2rgb(0.0719453 * x2 - 0.2289914 * y + 1.4052427 * z),
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
function lrgb2rgb(x2) {
  return 255 * (x2 <= 31308e-7 ? 12.92 * x2 : 1.055 * Math.pow(x2, 1 / 2.4) - 0.055);
}
function rgb2lrgb(x2) {
  return (x2 /= 255) <= 0.04045 ? x2 / 12.92 : Math.pow((x2 + 0.055) / 1.055, 2.4);
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
var constant_default = (x2) => () => x2;

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
function isNumberArray(x2) {
  return ArrayBuffer.isView(x2) && !(x2 instanceof DataView);
}

// node_modules/d3-interpolate/src/array.js
function genericArray(a, b) {
  var nb = b ? b.length : 0, na = a ? Math.min(nb, a.length) : 0, x2 = new Array(na), c = new Array(nb), i2;
  for (i2 = 0; i2 < na; ++i2) x2[i2] = value_default(a[i2], b[i2]);
  for (; i2 < nb; ++i2) c[i2] = b[i2];
  return function(t) {
    for (i2 = 0; i2 < na; ++i2) c[i2] = x2[i2](t);
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
  const found2 = made.get(name) ?? rampOf(theme, scale);
  made.set(name, found2);
  return found2;
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
  const found2 = /^(rgba?|color)\((?:[a-z][\w-]* )?([^)]*)\)$/.exec(color2);
  const numbers = found2?.[2].match(/[\d.]+(?:e-?\d+)?%?/g)?.map((part) => {
    return part.endsWith("%") ? Number.parseFloat(part) / 100 : Number(part);
  });
  if (!found2 || !numbers || numbers.length < 3) return null;
  const full = found2[1] === "color" ? 255 : 1;
  return [numbers[0] * full, numbers[1] * full, numbers[2] * full, numbers[3] ?? 1];
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
function seen(box2, sight) {
  const [x2, y] = [Math.max(box2.left, sight.left), Math.max(box2.top, sight.top)];
  return new DOMRect(x2, y, Math.min(box2.right, sight.right) - x2, Math.min(box2.bottom, sight.bottom) - y);
}
function copy(node2, out, frame, around2) {
  const style = getComputedStyle(node2);
  const box2 = node2.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || box2.width === 0 || box2.height === 0) return;
  if (node2.hasAttribute("data-hs-unsaved")) return;
  const left = seen(box2, around2);
  if (left.width <= 0 || left.height <= 0) return;
  if (node2 instanceof HTMLCanvasElement && left.width * left.height < 0.5 * box2.width * box2.height) return;
  const sight = style.overflowY === "visible" ? around2 : left;
  const x2 = box2.left - frame.left;
  const y = box2.top - frame.top;
  if (node2 instanceof HTMLCanvasElement) {
    const href = node2.toDataURL("image/png");
    const place = { x: x2, y, width: box2.width, height: box2.height, preserveAspectRatio: "none" };
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
    for (const [name, value] of Object.entries({ x: x2, y, width: box2.width, height: box2.height })) {
      copied.setAttribute(name, String(value));
    }
    out.append(copied);
    return;
  }
  paintBox(style, x2, y, box2, out);
  for (const child of node2.childNodes) {
    if (child instanceof Element) copy(child, out, frame, sight);
    else if (child instanceof Text) paintText(child, style, out, frame, sight);
  }
}
function paintBox(style, x2, y, box2, out) {
  const filled2 = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  if (filled2) {
    out.append(svg("rect", { x: x2, y, width: box2.width, height: box2.height, rx: radius, fill: style.backgroundColor }));
  }
  const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const sides = [
    [style.borderTopWidth, style.borderTopStyle, style.borderTopColor, x2, y, x2 + box2.width, y],
    [
      style.borderBottomWidth,
      style.borderBottomStyle,
      style.borderBottomColor,
      x2,
      y + box2.height,
      x2 + box2.width,
      y + box2.height
    ],
    [style.borderLeftWidth, style.borderLeftStyle, style.borderLeftColor, x2, y, x2, y + box2.height],
    [
      style.borderRightWidth,
      style.borderRightStyle,
      style.borderRightColor,
      x2 + box2.width,
      y,
      x2 + box2.width,
      y + box2.height
    ]
  ];
  for (const [width, kind, stroke, x1, y1, x22, y2] of sides) {
    if (kind !== "none" && Number.parseFloat(width) > 0)
      out.append(svg("line", { x1, y1, x2: x22, y2, stroke, "stroke-width": width }));
  }
  if (outlined) {
    const attributes = {
      x: x2,
      y,
      width: box2.width,
      height: box2.height,
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
    const box2 = range.getClientRects()[0];
    if (!box2 || box2.width === 0) continue;
    const last = result.at(-1);
    if (last && Math.abs(last.top - box2.top) < 2) last.content += character;
    else
      result.push({
        content: character,
        left: box2.left,
        top: box2.top,
        baseline: box2.top + box2.height / 2 + 0.34 * fontSize
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

// headstream/views/shared/text/tokens.ts
var BYTES = /<0x([0-9A-F]{2})>/g;
var INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;
var RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
function visible(label) {
  return plain(label).replaceAll(" ", "·");
}
var QUOTED = 48;
function quoted(label) {
  const text2 = shortened(plain(label), QUOTED);
  return RIGHT_TO_LEFT.test(text2) ? `‘⁨${text2}⁩’` : `‘${text2}’`;
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
  const exponent = bits2 >> 10 & 31;
  const fraction = bits2 & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
function decode(value, name, dtypes, axes) {
  const { shape: shape2, dtype, scale, bytes } = received(value, name, dtypes, axes);
  return { shape: shape2, data: typed(bytes, dtype, scale), half: dtype === "float16" };
}
function received(value, name, dtypes, axes) {
  const wire = value;
  if (typeof wire !== "object" || wire === null) throw new Damaged(`${name}: expected an array, got ${shown(value)}`);
  const { dtype, shape: shape2, scale, deflated, data } = wire;
  if (!dtypes.includes(dtype)) throw new Damaged(`${name}: expected ${dtypes.join(" or ")}, got ${shown(dtype)}`);
  const counts = Array.isArray(shape2) && shape2.every((size2) => Number.isInteger(size2) && size2 >= 0);
  if (!counts || shape2.length !== axes) throw new Damaged(`${name}: expected ${axes} axes, got shape ${shown(shape2)}`);
  if (!(data instanceof DataView)) throw new Damaged(`${name}: its bytes are missing`);
  const size = shape2.reduce((product, count2) => product * count2, 1);
  const wanted = size * BYTES2[dtype];
  const fits2 = deflated ? wanted <= MOST_DEFLATED * data.byteLength : wanted === data.byteLength;
  if (!fits2 || shape2.some((count2) => count2 > Math.max(1, size))) {
    const came = deflated ? `${data.byteLength} deflated` : data.byteLength;
    throw new Damaged(`${name}: ${dtype} of shape [${shape2}] takes ${wanted} bytes, ${came} came`);
  }
  const sent = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const bytes = deflated ? inflated(sent, wanted, name) : sent.slice();
  return { shape: shape2, dtype, scale, bytes: bytes.buffer };
}
function inflatedAhead(value) {
  const wire = value;
  const isLarge = wire?.deflated && wire.data instanceof DataView && wire.data.byteLength >= LARGE;
  return isLarge ? natively(wire).catch(() => value) : null;
}
async function natively(wire) {
  const { shape: shape2, dtype, data } = wire;
  const wanted = shape2.reduce((product, count2) => product * count2, BYTES2[dtype]);
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
function optional(read) {
  return (value, name) => value === null || value === void 0 ? null : read(value, name);
}
function listOf(read) {
  return (value, name) => {
    if (!Array.isArray(value)) throw new Damaged(`${name}: expected a list, got ${shown(value)}`);
    return value.map((item, index) => read(item, `${name}[${index}]`));
  };
}
function record(readers) {
  return (value, name) => {
    if (typeof value !== "object" || value === null) {
      throw new Damaged(`${name}: expected a record, got ${shown(value)}`);
    }
    const entries = Object.entries(readers).map(([key2, read]) => {
      return [key2, read(value[key2], `${name}.${key2}`)];
    });
    return Object.fromEntries(entries);
  };
}
function array(dtypes, axes) {
  const allowed = typeof dtypes === "string" ? [dtypes] : dtypes;
  return (value, name) => decode(value, name, allowed, axes);
}
function fits(name, shape2, expected) {
  if (shape2.length !== expected.length || shape2.some((size, axis) => size !== expected[axis])) {
    throw new Damaged(`${name}: expected shape [${expected}], got [${shape2}]`);
  }
}

// headstream/views/shared/frame/focus.ts
function keepingFocus(root, change) {
  const tree = root.getRootNode();
  const before = tree.activeElement;
  const key2 = root.contains(before) ? before?.closest("[data-key]")?.dataset.key : void 0;
  change();
  if (key2 === void 0 || before?.isConnected && tree.activeElement === before) return;
  root.querySelector(`[data-key="${CSS.escape(key2)}"]`)?.focus({ preventScroll: true });
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
  const before = boxes.map((box2) => box2.clientHeight);
  element2.style.minHeight = TALL;
  const fixed2 = boxes.filter((box2, index) => box2.clientHeight > 0 && box2.clientHeight === before[index]);
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
      const picture2 = element("div", "hs-picture");
      const readout = element("div", "hs-readout", { role: "status", "aria-live": "polite", tabindex: -1 });
      const legend = element("div", "hs-legend");
      const controls = element("div", "hs-controls", { "data-hs-unsaved": true });
      const figure = element("div", "hs-figure", {}, heading, picture2, legend, readout);
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
        picture: picture2,
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
          const written2 = left === null ? "none" : `${left}px`;
          if (root.style.getPropertyValue("--hs-left") !== written2) root.style.setProperty("--hs-left", written2);
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
        const others = root.getBoundingClientRect().height - picture2.getBoundingClientRect().height;
        return Math.floor(Math.max(LEAST * frame.fontSize, height2 - others));
      }
      function fit() {
        const left = frame.heightLeft();
        picture2.toggleAttribute("data-scrolled", left !== null && picture2.scrollHeight > left);
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
          const sentence = `This view cannot be drawn, for what was saved of it is damaged: ${plain(error.message)}.`;
          picture2.replaceChildren(element("p", "hs-damaged", { role: "alert" }, sentence));
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
        for (let node2 = above(el); node2; node2 = above(node2)) {
          if (node2.getRootNode() === document && node2 !== document.body && node2 !== document.documentElement) continue;
          theme.observe(node2, { attributes: true, attributeFilter: THEME_ATTRIBUTES });
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

// headstream/views/attribution_graph/bench.ts
function bench(acts) {
  const name = element("input", "hs-search", {
    type: "text",
    maxlength: 60,
    placeholder: "Name of the group",
    "aria-label": "Name of the group",
    "data-key": "group-name"
  });
  const make = action("Group", "Group the nodes that are chosen under this name", () => submit());
  const clear = action("Clear", "Choose none", acts.clear);
  const list = element("div", "hs-graph-chips", { role: "group", "aria-label": "Groups and pinned nodes" });
  const row = element("div", "hs-graph-make", { "data-hs-unsaved": true }, name, make, clear);
  const root = element("div", "hs-graph-bench", {}, row, list);
  let chosen = 0;
  const ready = () => {
    make.disabled = !chosen || !name.value.trim();
    clear.disabled = !chosen;
  };
  function submit() {
    if (make.disabled) return;
    acts.group(name.value.trim());
    name.value = "";
    ready();
  }
  name.addEventListener("input", ready);
  name.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
    if (event.key === "Enter") submit();
  });
  return {
    root,
    /** For the focus, where what had it is gone. */
    focus: () => name.focus(),
    show(count2, groups2, pinned) {
      chosen = count2;
      make.textContent = count2 ? `Group ${count2}` : "Group";
      ready();
      const chips = [
        ...groups2.map(([group, size]) => {
          return chip(
            `${plain(group)} (${size})`,
            `Ungroup ${plain(group)}`,
            `ungroup-${group}`,
            () => acts.ungroup(group)
          );
        }),
        ...pinned.map(([node2, label]) => {
          return chip(`pinned: ${plain(label)}`, `Unpin ${plain(label)}`, `unpin-${node2}`, () => acts.unpin(node2));
        })
      ];
      list.replaceChildren(...chips);
      list.hidden = !chips.length;
      root.hidden = !chips.length && !count2;
    }
  };
}
function chip(text2, name, key2, run) {
  const label = element("span", "hs-graph-chip-name", {}, text2);
  const button = element(
    "button",
    "hs-graph-off",
    { type: "button", "aria-label": name, title: name, "data-key": key2 },
    "×"
  );
  button.addEventListener("click", run);
  return element("span", "hs-graph-chip", {}, label, button);
}

// headstream/views/attribution_graph/canvas.ts
var MOST_LINES = 2500;
var MOST_PIXELS = 12e6;
var FINE = 1;
var strokeOf = (share, em) => 0.7 + 0.3 * em * share;
var dashOf = (width) => [Math.max(4, 2.4 * width), Math.max(2.5, 1.3 * width)];
var PLAIN = { more: 0, clear: false };
var CLEAR = 0.3;
var cleared = (weight, largest) => {
  return Math.sign(weight) * Math.max(Math.abs(weight), CLEAR * largest);
};
function linesCanvas(name) {
  const canvas = element("canvas", `hs-graph-lines ${name}`, { "aria-hidden": "true" });
  let scale = 1;
  return {
    canvas,
    size(width, height) {
      scale = Math.min(window.devicePixelRatio || 1, 2, Math.sqrt(MOST_PIXELS / (width * height)));
      canvas.width = Math.ceil(width * scale);
      canvas.height = Math.ceil(height * scale);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    },
    /** The links from the weakest to the strongest, as wide as their share of the largest says. */
    draw(links, places, encoding, largest, em, { more, clear } = PLAIN) {
      const context = canvas.getContext("2d");
      if (!context) return;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.setTransform(scale, 0, 0, scale, 0, 0);
      for (const { from, to, weight } of links.slice(-MOST_LINES)) {
        const width = strokeOf(Math.abs(weight) / (largest || 1), em) + more * em;
        context.strokeStyle = encoding.color(clear ? cleared(weight, largest) : weight);
        context.lineWidth = width;
        context.setLineDash(weight < 0 && width > FINE ? dashOf(width) : []);
        context.beginPath();
        trace(context, places[from], places[to], em);
        context.stroke();
      }
    }
  };
}
function trace(context, from, to, em) {
  const [y, end] = [from.y - from.height / 2, to.y + to.height / 2];
  const bend = Math.max(1.2 * em, 0.45 * Math.abs(y - end));
  const bow = Math.abs(from.x - to.x) < 0.7 * em && Math.abs(y - end) > 3 * em ? 1.6 * em : 0;
  context.moveTo(from.x, y);
  context.bezierCurveTo(from.x - bow, y - bend, to.x - bow, end + bend, to.x, end);
}

// headstream/views/attribution_graph/card.ts
var CARD = {
  promotes: texts,
  suppresses: texts,
  examples: listOf(record({ tokens: texts, activations: listOf(number) }))
};
function cards(value, name) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Damaged(`${name}: expected a card by label, got ${String(value)}`);
  }
  return new Map(Object.entries(value).map(([label, card]) => [label, record(CARD)(card, `${name}[${label}]`)]));
}
function cardOf(card, theme) {
  if (!card) return [element("p", "hs-quiet", {}, "No card for this node.")];
  const { css, ink } = ramp(theme, "sequential");
  const words = (name, tokens) => {
    const list = tokens.flatMap((token) => [element("span", "hs-graph-word", {}, visible(token)), " "]);
    return element("p", "", {}, element("span", "hs-quiet", {}, `${name} `), ...list);
  };
  const largest = Math.max(1e-12, ...card.examples.flatMap(({ activations }) => activations));
  const examples = card.examples.map(({ tokens, activations }) => {
    const spans = running(tokens).map((text2, at) => {
      const share = Math.max(0, activations[at] ?? 0) / largest;
      const style = share > 0 ? `background:${css(share)};color:${ink(share)}` : "";
      return element("span", "", { style }, visible(text2).replaceAll("·", " "));
    });
    return element("p", "hs-graph-example", {}, ...spans);
  });
  const parts = [];
  if (card.promotes.length) parts.push(words("promotes", card.promotes));
  if (card.suppresses.length) parts.push(words("suppresses", card.suppresses));
  if (examples.length) parts.push(element("p", "hs-quiet", {}, "fires most at"), ...examples);
  return parts;
}

// headstream/views/attribution_graph/divided.ts
var PANEL = { least: 18, most: 34, share: 0.3, gap: 1.4 };
var LOWEST = 16;
var GOOD = 38;
var BELOW = 0.62;
function divided(width, em, height, natural) {
  const room = roomFor(width, em);
  const beside = room === "much" || room === "plenty";
  const panel2 = beside ? Math.floor(Math.min(PANEL.most * em, Math.max(PANEL.least * em, PANEL.share * width))) : width;
  const graph = Math.floor(beside ? width - panel2 - PANEL.gap * em : width);
  return {
    beside,
    panel: panel2,
    graph,
    height: height === null ? null : Math.max(LOWEST * em, Math.min(height, Math.max(GOOD * em, natural(graph)))),
    most: height === null ? null : Math.max(LOWEST * em, BELOW * height)
  };
}

// headstream/views/attribution_graph/groups.ts
function groups(value, name) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Damaged(`${name}: expected nodes by name, got ${shown(value)}`);
  }
  return made2(Object.entries(value).map(([group, nodes]) => [group, wholes(nodes, `${name}[${group}]`)]));
}
function grouped(before, name, nodes) {
  const moved = /* @__PURE__ */ new Set([...nodes, ...Object.hasOwn(before, name) ? before[name] : []]);
  const others = Object.entries(before).flatMap(([other, members]) => {
    const left = members.filter((node2) => !moved.has(node2));
    return other === name || !left.length ? [] : [[other, left]];
  });
  return made2([...others, [name, [...moved].sort((a, b) => a - b)]]);
}
function ungrouped(before, name) {
  return made2(Object.entries(before).filter(([other]) => other !== name));
}
var made2 = (entries) => Object.fromEntries(entries);

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
  const marks2 = ticks.map(({ at, label }) => {
    const style = `left:${100 * at}%;transform:translateX(${at <= 0 ? 0 : at >= 1 ? -100 : -50}%)`;
    return element("span", "hs-legend-tick", { style }, label);
  });
  return element(
    "span",
    "hs-legend-scale",
    {},
    element("span", "hs-quiet", {}, name),
    element("span", "hs-legend-body", {}, bar, ...marks2)
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

// headstream/views/shared/text/numbers.ts
function decimalsFor(largest) {
  if (largest === 0) return 2;
  if (largest < 1e-4 || largest >= 1e6) return null;
  if (largest < 10) return 2 - Math.floor(Math.log10(largest));
  return largest < 100 ? 2 : largest < 1e3 ? 1 : 0;
}
function show(value, decimals, plus) {
  if (decimals !== null) return plus ? signed(value, decimals) : fixed(value, decimals);
  if (value === 0) return "0";
  const text2 = power(Math.abs(value));
  return `${value < 0 ? "−" : plus ? "+" : ""}${text2}`;
}
function power(value) {
  if (value === 0) return "0";
  const [digits, exponent] = value.toExponential(1).split("e");
  const raised = [...String(Number(exponent))].map((c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]).join("");
  return `${digits} × 10${raised}`;
}

// headstream/views/attribution_graph/shapes.ts
function shape(kind, radius) {
  const around2 = { class: "hs-graph-shape" };
  if (kind === "feature") return svg("circle", { ...around2, r: radius });
  if (kind === "error") {
    const r = 1.15 * radius;
    return svg("path", { ...around2, d: `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z` });
  }
  const half = 0.9 * radius;
  return svg("rect", { ...around2, x: -half, y: -half, width: 2 * half, height: 2 * half });
}
function box(width, height, group) {
  const sized = (inset, corner2) => ({
    x: -width / 2 + inset,
    y: -height / 2 + inset,
    width: Math.max(0, width - 2 * inset),
    height: Math.max(0, height - 2 * inset),
    rx: corner2
  });
  const corner = group ? height / 2 : 0.2 * height;
  const outer = svg("rect", { class: "hs-graph-shape", ...sized(0, corner) });
  return group ? [outer, svg("rect", { class: "hs-graph-inner", ...sized(2.5, corner - 2.5) })] : [outer];
}

// headstream/views/attribution_graph/legend.ts
function encodingOf(largest, theme, decimals) {
  const most = largest || 1;
  const place = (weight) => 0.5 + 0.5 * Math.sign(weight) * Math.sqrt(Math.abs(weight) / most);
  const ticks = [-most, 0, most].map((weight) => ({
    at: place(weight),
    label: weight ? show(weight, decimals, true) : "0"
  }));
  return encode({ name: "an edge adds", scale: "diverging", place, ticks }, theme);
}
var KINDS = [
  ["embed", "embedding"],
  ["feature", "feature"],
  ["error", "error"]
];
function key(em, encoding, largest) {
  const size = 0.95 * em;
  const shapes = KINDS.map(([kind, name]) => {
    const mark = svg("g", { class: `hs-graph-mark hs-${kind}`, transform: `translate(${size / 2} ${size / 2})` });
    mark.append(shape(kind, 0.4 * em));
    return sample(svg("svg", { width: size, height: size, "aria-hidden": "true" }, mark), name);
  });
  const [long, width] = [2.6 * em, strokeOf(0.5, em)];
  const lines2 = [1, -1].map((sign) => {
    const place = { x1: 0, x2: long, y1: size / 2, y2: size / 2 };
    const dash = sign < 0 ? dashOf(width).map((part) => part.toFixed(1)).join(" ") : "none";
    const stroke = encoding.color(sign * (largest || 1));
    const line = svg("line", { ...place, stroke, "stroke-width": width, "stroke-dasharray": dash });
    return sample(
      svg("svg", { width: long, height: size, "aria-hidden": "true" }, line),
      sign < 0 ? "takes away" : "adds"
    );
  });
  const said = "larger: more influence on the logits";
  return element("span", "hs-graph-key", {}, ...shapes, ...lines2, element("span", "hs-quiet", {}, said));
}
function sample(drawing, name) {
  return element("span", "hs-graph-sample", {}, drawing, name);
}

// headstream/views/attribution_graph/looked.ts
function partOf({ kind, layer, position, feature, token }) {
  return { layer, position, feature, token: kind === "logit" ? token : null };
}
function nodeAt(graph, current, meant, influence) {
  const { layer, position, feature, token } = current;
  if (layer === null && position === null && feature === null && token === null) return null;
  const exact = found(graph, (node2) => {
    const part = partOf(node2);
    return part.layer === layer && part.position === position && part.feature === feature && part.token === token;
  });
  if (meant !== null && exact.includes(meant)) return meant;
  if (exact.length) return exact[0];
  if (feature !== null) {
    const same = found(graph, (node2) => {
      const here = position === null || node2.position === position;
      return node2.feature === feature && here && (layer === null || node2.layer === layer);
    });
    return same.length ? same.reduce((best2, node2) => influence[node2] > influence[best2] ? node2 : best2) : null;
  }
  if (position === null) return null;
  return found(graph, ({ kind, position: at }) => kind === "embed" && at === position)[0] ?? null;
}
function found({ nodes }, is) {
  return nodes.flatMap((node2, at) => is(node2) ? [at] : []);
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
function listStep(index, key2, count2) {
  const last = count2 - 1;
  const steps = {
    ArrowRight: index + 1,
    ArrowDown: index + 1,
    ArrowLeft: index - 1,
    ArrowUp: index - 1,
    Home: 0,
    End: last
  };
  const next2 = steps[key2];
  return next2 === void 0 ? void 0 : Math.min(last, Math.max(0, next2));
}

// headstream/views/attribution_graph/list.ts
var MOST = 40;
function ranked(name, acts) {
  const other = name === "Inputs" ? "from" : "to";
  const head = element("div", "hs-graph-list-head hs-quiet", {}, name);
  const box2 = element("div", "hs-graph-rows", { role: "listbox", "aria-label": name, tabindex: -1 });
  const root = element("div", "hs-graph-list", {}, head, box2);
  let rows = [];
  let links = [];
  const reach = pointAndKeep({
    root: box2,
    at(event) {
      const row = event.target.closest("[data-row]");
      return row ? Number(row.dataset.row) : null;
    },
    element: (row) => rows[row],
    step(row, key2) {
      const next2 = listStep(row, key2, rows.length);
      return key2 === "ArrowLeft" || key2 === "ArrowRight" ? void 0 : next2;
    },
    point: (row) => acts.point(row === null ? null : links[row]),
    keep: (row) => acts.go(links[row][other])
  });
  return {
    root,
    show(all, drawn, words, encoding) {
      links = all.slice(0, MOST);
      const most = Math.max(1e-12, ...links.map(({ weight }) => Math.abs(weight)));
      rows = links.map((link, row) => {
        const item = drawn.items[link[other]];
        const weight = words.weight(link.weight);
        const share = Math.abs(link.weight) / most;
        const style = `width:${(100 * share).toFixed(1)}%;background:${encoding.color(cleared(link.weight, drawn.largest))}`;
        const attributes = {
          role: "option",
          tabindex: -1,
          "aria-selected": "false",
          "aria-label": `${words.listed(item)}: ${weight}`,
          "data-row": row,
          "data-key": `${name}-${item.key}`
        };
        const label = element("span", "hs-graph-label", {}, words.short(item));
        const where = words.isPlaced(item) ? words.where(item) : "";
        label.append(element("span", "hs-quiet", {}, where && ` ${where}`));
        const bar = element("span", `hs-graph-bar${link.weight < 0 ? " hs-minus" : ""}`, { style });
        const track = element("span", "hs-graph-track", {}, bar);
        const number2 = element("span", "hs-number", {}, weight);
        return element("div", "hs-graph-link", attributes, label, track, number2);
      });
      const weaker = all.slice(MOST);
      const sum = weaker.reduce((total, { weight }) => total + weight, 0);
      const note = weaker.length ? [`${weaker.length} weaker: ${words.weight(sum)}`] : all.length ? [] : ["none drawn"];
      const focused = box2.contains(box2.getRootNode().activeElement);
      box2.replaceChildren(...rows, ...note.map((text2) => element("div", "hs-graph-note hs-quiet", {}, text2)));
      box2.setAttribute("role", rows.length ? "listbox" : "group");
      box2.scrollTop = 0;
      head.textContent = `${name}${all.length ? ` (${all.length})` : ""}`;
      if (rows.length) reach.offer(rows[0]);
      if (focused) (rows[0] ?? box2).focus({ preventScroll: true });
    }
  };
}

// headstream/views/attribution_graph/words.ts
var NAMED = 3;
var LABEL = 40;
var KIND = { embed: "embedding", feature: "feature", error: "error", logit: "logit" };
var SHAPE = { embed: "■", feature: "●", error: "◇", logit: "" };
var ERROR = "what the transcoder leaves of the MLP’s output";
var Words = class {
  constructor(graph, tokens) {
    this.graph = graph;
    this.tokens = tokens;
    this.decimals = decimalsFor(graph.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0));
  }
  graph;
  tokens;
  decimals;
  /** +1.23 */
  weight(value) {
    return show(value, this.decimals, true);
  }
  value(value) {
    return show(value, this.decimals, false);
  }
  token(position) {
    return `${quoted(this.tokens[position])} (${position})`;
  }
  /** What it is called in a sentence: a token in quotes, a feature or a group by its label. */
  name({ group, kind, label, nodes }) {
    const text2 = shortened(plain(label), LABEL);
    if (group !== null) return `group ‘${text2}’`;
    if (kind === "embed") return quoted(this.tokens[this.graph.nodes[nodes[0]].position]);
    if (kind === "logit") return `logit ${quoted(label)}`;
    return text2 || KIND[kind];
  }
  /** The same with the token where it stands. */
  placed(item) {
    return this.isPlaced(item) ? `${this.name(item)} at ${this.where(item)}` : this.name(item);
  }
  /** The same as a list has it written. */
  listed(item) {
    return this.isPlaced(item) ? `${this.name(item)} ${this.where(item)}` : this.name(item);
  }
  /** Groups and logits have no place of their own. */
  isPlaced({ group, kind }) {
    return group === null && kind !== "logit";
  }
  where({ kind, position }) {
    return kind === "embed" ? `position ${position}` : this.token(position);
  }
  /** In a list, with its shape in place of its kind: "● 2.17". */
  short(item) {
    if (item.group !== null || item.kind === "logit") return this.name(item);
    const text2 = item.kind === "embed" ? this.name(item) : written(item) || plain(item.label) || KIND[item.kind];
    return `${SHAPE[item.kind]} ${shortened(text2, LABEL)}`;
  }
  /** What is known of it besides its name. */
  facts(item) {
    const { kind, nodes, influence } = item;
    const { layer, position, activation } = this.graph.nodes[nodes[0]];
    const reach = `influence ${probability(influence)}`;
    if (item.group !== null) return [`${nodes.length} nodes`, reach];
    if (kind === "embed") return ["embedding", `position ${position}`, reach];
    if (kind === "logit") return ["logit", `probability ${probability(activation)}`];
    const is = plain(item.label).startsWith(KIND[kind]) ? [] : [KIND[kind]];
    const fires = kind === "feature" ? [`activation ${fixed(activation, 2)}`] : [];
    return [...is, `layer ${layer}`, `at ${this.token(position)}`, ...fires, reach];
  }
  /** For a screen reader, on the item itself. */
  label(item, pinned, chosen) {
    const { kind, group, nodes } = item;
    const facts = this.facts(item);
    if (kind === "logit" && group === null) {
      facts[1] = `${written(item)} ${probability(this.graph.nodes[nodes[0]].activation)}`;
    }
    return [this.name(item), ...facts, ...pinned ? ["pinned"] : [], ...chosen ? ["chosen"] : []].join(", ");
  }
  item(item, index, drawn) {
    const list = (links, other) => {
      const named2 = links.slice(0, NAMED).map((link) => `${this.name(drawn.items[link[other]])} ${this.weight(link.weight)}`);
      const more = links.length - named2.length;
      return `${named2.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
    };
    const [into, out] = [drawn.into(index), drawn.outOf(index)];
    const reads = into.length ? ` Inputs: ${list(into, "from")}.` : "";
    const feeds = out.length ? ` Outputs: ${list(out, "to")}.` : "";
    const error = item.kind === "error" && item.group === null ? ` (${ERROR})` : "";
    return `${capital(this.name(item))}${error}: ${this.facts(item).join(", ")}.${reads}${feeds}`;
  }
  link(link, drawn) {
    const [from, to] = [drawn.items[link.from], drawn.items[link.to]];
    const sum = from.group !== null || to.group !== null ? ", summed over the group" : "";
    const size = this.value(Math.abs(link.weight));
    const does = link.weight < 0 ? `takes ${size} from` : `adds ${size} to`;
    return `${capital(this.placed(from))} ${does} ${this.placed(to)}${sum}.`;
  }
  /** The items of a path, in a sentence. */
  path(path, drawn) {
    return path.map((item) => this.placed(drawn.items[item])).join(" → ");
  }
};
function written({ kind, group, label }) {
  if (group !== null) return plain(label);
  if (kind === "logit") return visible(label);
  return plain(label).replace(kind === "error" ? /^error( \S+)?$/ : /^feature /, "");
}
var capital = (text2) => text2.replace(/^[a-z]/, (letter) => letter.toUpperCase());

// headstream/views/attribution_graph/panel.ts
function panel(acts) {
  const title = element("div", "hs-graph-title");
  const facts = element("div", "hs-graph-facts hs-quiet");
  const pin = action("Pin", "Pin the node: it is kept whatever is pruned (P)", acts.pin);
  const choose = action(
    "Choose",
    "Choose the node for a group (G, or Shift and a click); then name the group",
    acts.choose
  );
  const buttons = element("div", "hs-graph-buttons", { "data-hs-unsaved": true }, pin, choose);
  const [into, outOf] = [ranked("Inputs", acts), ranked("Outputs", acts)];
  const sum = element("div", "hs-graph-sum hs-quiet");
  const lists = element("div", "hs-graph-lists", {}, into.root, outOf.root);
  const card = element("div", "hs-graph-card", { role: "group", "aria-label": "About the feature", tabindex: 0 });
  const root = element(
    "div",
    "hs-graph-node",
    {},
    element("div", "hs-graph-head", {}, title, buttons),
    facts,
    lists,
    sum,
    card
  );
  let now = [];
  return {
    root,
    /** Of one item; made anew only where it is another, for this is asked whenever the pointer moves. */
    show({ item: index, pinned, chosen }, { drawn, words, graph }, look) {
      pin.setAttribute("aria-pressed", String(pinned));
      choose.setAttribute("aria-pressed", String(chosen));
      const next2 = [index, drawn, ...Object.values(look)];
      if (next2.every((value, at) => value === now[at])) return;
      now = next2;
      const { encoding, cards: cards2, theme } = look;
      const item = drawn.items[index];
      title.textContent = capital(words.name(item));
      facts.textContent = words.facts(item).join(" · ");
      into.show(drawn.into(index), drawn, words, encoding);
      outOf.show(drawn.outOf(index), drawn, words, encoding);
      sum.textContent = balance(index, drawn, words);
      card.hidden = !cards2.size;
      card.replaceChildren(...cardOf(cards2.get(graph.nodes[item.nodes[0]].label), theme));
    }
  };
}
function balance(index, drawn, words) {
  const item = drawn.items[index];
  if (item.group === null && (item.kind === "embed" || item.kind === "error")) return "Nothing enters it.";
  const { pruned, constant, total } = drawn.rest(index);
  const shown2 = drawn.into(index).reduce((sum, { weight }) => sum + weight, 0);
  const parts = `Inputs ${words.weight(shown2)}, pruned ${words.weight(pruned)}`;
  return Number.isFinite(total) ? `${parts}, bias ${words.weight(constant)} = ${words.value(total)}` : parts;
}

// headstream/views/attribution_graph/layout.ts
var LEFT = 3.8;
var RIGHT = 0.4;
var CHARACTER = 0.5;
var BOX = { height: 1.45, least: 2, first: 4.5, most: 9, flow: [9, 7, 5.5], pad: 0.9, gap: 0.3 };
var PITCHES = [1.3, 1.15, 1, 0.85, 0.72];
var COLUMN_GAP = 0.5;
var NAME = { line: 1.35, least: 4.2, most: 11 };
var ROW = { pad: 0.25, gap: { least: 0.35, most: 5 } };
var TOKEN = { line: 1.5, character: 0.55, most: 8, turned: 0.72 };
var TURNED = TOKEN.most * TOKEN.character * TOKEN.turned + 0.9;
function layout(input) {
  const { items, rows, em } = input;
  const cells = /* @__PURE__ */ new Map();
  const count2 = input.tokens.length;
  items.forEach(({ row, column }, item) => {
    const cell = row * count2 + column;
    const list = cells.get(cell);
    if (list) list.push(item);
    else cells.set(cell, [item]);
  });
  const room = Math.max(1, input.width - (LEFT + RIGHT) * em);
  const all = [...cells].map(([cell, list]) => ({ row: Math.floor(cell / count2), column: cell % count2, list }));
  const fit = fitted(input, all, room);
  const columns = spread(input, all, fit, room);
  const turned = input.tokens.some((characters, at) => {
    return Math.min(TOKEN.most, characters) * TOKEN.character * em > columns[at].width - 0.3 * em;
  });
  const tokens = (turned ? TURNED : TOKEN.line) * em;
  const bands = stacked(input, fit, tokens, rows);
  const places = Array(items.length);
  for (const { row, column, list } of all) {
    if (row === rows - 1 && fit.flow) continue;
    fill(list, columns[column], bands.rows[row], fit, input, places);
  }
  if (fit.flow) flow(fit.flow, columns, bands.rows[rows - 1], input, places);
  const { x: x2, width } = columns[count2 - 1];
  return {
    // Less a rounding: a pixel too much is a scroll bar.
    width: Math.ceil(Math.max(input.width, x2 + width + RIGHT * em) - 1e-6),
    height: bands.height,
    columns,
    rows: bands.rows,
    places,
    mark: 0.78 * fit.pitch,
    left: LEFT * em,
    tokens: { height: tokens, turned }
  };
}
function fitted(input, cells, room) {
  const { em, rows, height, tokens, items } = input;
  const flow2 = flowed(input, cells, room);
  const rest = flow2 ? cells.filter(({ row }) => row < rows - 1) : cells;
  const free = height === null ? Number.POSITIVE_INFINITY : height - TURNED * em;
  const made3 = (pitch, across, names) => {
    const heights = Array.from({ length: rows }, (_, row) => {
      if (flow2 && row === rows - 1) return flow2.lines.length * (BOX.height + BOX.gap) * em;
      return Math.max(
        pitch,
        ...rest.filter((cell) => cell.row === row).map(({ column, list }) => {
          const boxes = list.filter((item) => items[item].named).length;
          return boxes * (BOX.height + BOX.gap) * em + Math.ceil((list.length - boxes) / across[column]) * pitch;
        })
      );
    });
    return { pitch, across, heights, names, flow: flow2 };
  };
  const tall = ({ heights }) => {
    return heights.reduce((sum, one2) => sum + one2 + (2 * ROW.pad + ROW.gap.least) * em, 0);
  };
  const ones = tokens.map(() => 1);
  const busy = new Set(rest.filter(({ row }) => row > 0).map(({ column }) => column)).size;
  const named2 = made3(NAME.line * em, ones, true);
  if (busy && (room - (tokens.length - busy) * 2 * em) / busy >= NAME.least * em && tall(named2) <= free) return named2;
  let best2 = made3(PITCHES[0] * em, ones, false);
  for (const size of PITCHES) {
    const pitch = size * em;
    const most = Math.max(1, ...rest.map(({ list }) => list.length));
    for (let lines2 = 1; lines2 <= most; lines2++) {
      const across = tokens.map((_, column) => {
        return Math.max(
          1,
          ...rest.filter((cell) => cell.column === column).map(({ list }) => Math.ceil(list.length / lines2))
        );
      });
      const wide = across.reduce((sum, marks2) => sum + marks2 * pitch + COLUMN_GAP * em, 0);
      if (wide > room && lines2 < most) continue;
      best2 = made3(pitch, across, false);
      if (wide <= room && tall(best2) <= free) return best2;
      break;
    }
  }
  return best2;
}
function flowed(input, cells, room) {
  const top = cells.filter(({ row }) => row === input.rows - 1);
  if (top.length !== 1) return null;
  const roomy = input.height === null || input.height > 30 * input.em;
  const tried = (roomy ? BOX.flow.slice(0, 2) : BOX.flow).map((most) => lined(input, top[0].list, room, most));
  return tried.reduce((best2, one2) => one2.lines.length < best2.lines.length ? one2 : best2);
}
function lined({ items, em }, list, room, most) {
  const lines2 = [];
  let left = 0;
  for (const item of list) {
    const wide = boxWidth(items[item].characters, em, most) + BOX.gap * em;
    if (!lines2.length || wide > left) {
      lines2.push([]);
      left = room;
    }
    lines2[lines2.length - 1].push(item);
    left -= wide;
  }
  return { lines: lines2, most };
}
var boxWidth = (characters, em, most = BOX.most) => {
  return Math.min(most, Math.max(BOX.least, CHARACTER * characters + BOX.pad)) * em;
};
function spread({ em, tokens, items, rows }, cells, fit, room) {
  const { across, pitch, names, flow: flow2 } = fit;
  const inside = across.map((_, column) => {
    return cells.filter((cell) => cell.column === column && cell.row > 0 && !(flow2 && cell.row === rows - 1)).flatMap(({ list }) => [...list]);
  });
  const least = across.map((marks2, column) => {
    const boxes = inside[column].flatMap((item) => items[item].named ? boxWidth(items[item].characters, em) : []);
    return Math.max(marks2 * pitch, Math.min(BOX.first * em, Math.max(0, ...boxes))) + COLUMN_GAP * em;
  });
  const wanted = least.map((width, column) => {
    const here = inside[column];
    const widths = here.map((item) => {
      const { named: named2, characters } = items[item];
      if (named2) return boxWidth(characters, em) + COLUMN_GAP * em;
      return names ? pitch + Math.min(NAME.most, CHARACTER * characters + 0.6) * em : 0;
    });
    return Math.max(width, ...widths);
  });
  const sum = (widths) => widths.reduce((total, width) => total + width, 0);
  const [base, full] = [sum(least), sum(wanted)];
  const share = full > base ? Math.min(1, Math.max(0, (room - base) / (full - base))) : 0;
  const given = least.map((width, column) => width + share * (wanted[column] - width));
  const more = Math.max(0, (room - sum(given)) / tokens.length);
  let x2 = LEFT * em;
  return given.map((width) => {
    const column = { x: x2, width: width + more };
    x2 += column.width;
    return column;
  });
}
function stacked({ em, height }, { heights }, tokens, rows) {
  const bands = heights.map((one2) => one2 + 2 * ROW.pad * em);
  const taken = bands.reduce((sum, one2) => sum + one2, tokens);
  const gaps = Math.max(1, rows - 1);
  const most = height === null ? ROW.gap.most * em : Math.min(ROW.gap.most * em, (height - taken) / gaps);
  const gap = Math.max(ROW.gap.least * em, most);
  const all = Math.ceil(taken + gap * (rows - 1));
  let y = all - tokens;
  const placed = bands.map((band) => {
    y -= band;
    const row = { y, height: band };
    y -= gap;
    return row;
  });
  return { rows: placed, height: all };
}
function fill(list, { x: x2, width }, row, { pitch, names }, { items, em }, places) {
  const marks2 = list.filter((item) => !items[item].named);
  const fits2 = Math.max(1, Math.floor((width - COLUMN_GAP * em * 0.5) / pitch));
  const across = names ? 1 : fits2;
  let y = row.y + row.height - ROW.pad * em;
  marks2.forEach((item, at) => {
    const size = 0.78 * pitch;
    const beside = names ? width - pitch - 0.2 * em : 0;
    const middle = { x: x2 + (at % across + 0.5) * pitch, y: y - (Math.floor(at / across) + 0.5) * pitch };
    places[item] = { ...middle, width: size, height: size, beside };
  });
  y -= Math.ceil(marks2.length / across) * pitch;
  for (const item of list) {
    if (!items[item].named) continue;
    const wide = Math.min(width - 0.3 * em, boxWidth(items[item].characters, em));
    const high = BOX.height * em;
    places[item] = { x: x2 + wide / 2, y: y - high / 2, width: wide, height: high, beside: 0 };
    y -= high + BOX.gap * em;
  }
}
function flow({ lines: lines2, most }, columns, row, { items, em }, places) {
  const last = columns[columns.length - 1];
  lines2.forEach((line, at) => {
    let end = last.x + last.width;
    const y = row.y + ROW.pad * em + (at + 0.5) * (BOX.height + BOX.gap) * em;
    for (const item of line) {
      const wide = boxWidth(items[item].characters, em, most);
      places[item] = { x: end - wide / 2, y, width: wide, height: BOX.height * em, beside: 0 };
      end -= wide + BOX.gap * em;
    }
  });
}

// headstream/views/shared/parts/strip.ts
function reveal(item, root) {
  if (root.scrollHeight <= root.clientHeight) return false;
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(root);
  const box2 = item.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  const above2 = frame.top + (Number.parseFloat(scrollPaddingTop) || 0) - box2.top;
  const below = box2.bottom - frame.bottom + (Number.parseFloat(scrollPaddingBottom) || 0);
  if (above2 > 0) root.scrollTop -= above2 + box2.height;
  else if (below > 0) root.scrollTop += below + box2.height;
  return above2 > 0 || below > 0;
}

// headstream/views/attribution_graph/marks.ts
var PER_EM = { plain: 2.05, mono: 1.75 };
var LEAST_MARK = 0.5;
function marks(acts) {
  const bands = svg("g", { class: "hs-graph-bands" });
  const layer = svg("g");
  const front = svg("svg", { class: "hs-graph-nodes" }, layer);
  const root = element("div", "hs-graph-surface", { role: "group", "aria-label": "Nodes by layer and position" });
  const back = svg("svg", { class: "hs-graph-back", "aria-hidden": "true" }, bands);
  let nodes = [];
  let places = [];
  let rows = [];
  let scroller = null;
  const itemAt = (event) => {
    const found2 = event.target.closest("[data-item]")?.dataset.item;
    return found2 === void 0 ? null : Number(found2);
  };
  let shifted = false;
  root.addEventListener(
    "click",
    (event) => {
      shifted = event.shiftKey;
    },
    true
  );
  const reach = pointAndKeep({
    root,
    at: itemAt,
    element: (item) => nodes[item],
    step: (item, key2, event) => acts.press(item, event) ? null : next(places, rows, item, key2),
    point: acts.point,
    keep: (item) => {
      if (shifted) acts.choose(item);
      else acts.keep(item);
      shifted = false;
    }
  });
  let marked = [];
  let revealed = null;
  return {
    root,
    back,
    front,
    paint(drawn, layout2, placed, names, words, em) {
      for (const drawing of [front, back]) {
        drawing.setAttribute("width", String(layout2.width));
        drawing.setAttribute("height", String(layout2.height));
      }
      bands.replaceChildren(...around(layout2, names, words.tokens, em));
      places = layout2.places;
      rows = placed.map(({ row }) => row);
      const largest = Math.max(1e-12, ...drawn.items.map(({ kind, influence }) => kind === "logit" ? 0 : influence));
      nodes = drawn.items.map((item, index) => {
        return node(item, index, layout2.places[index], item.influence / largest, words, em);
      });
      layer.replaceChildren(...nodes);
      marked = [];
      scroller = root.parentElement;
      reach.offer(nodes[0]);
    },
    /** `current`: what is pointed at or else kept; those near it are connected with it; `pressed`: what is kept. */
    mark(current, near, pressed) {
      for (const made3 of marked) made3.classList.remove("hs-current", "hs-near");
      marked = [];
      const add = (index, name) => {
        const made3 = nodes[index];
        if (!made3) return;
        made3.classList.add(name);
        marked.push(made3);
      };
      for (const index of near) add(index, "hs-near");
      if (current !== null) add(current, "hs-current");
      nodes.forEach((made3, index) => {
        const wanted = String(index === pressed);
        if (made3.getAttribute("aria-pressed") !== wanted) made3.setAttribute("aria-pressed", wanted);
      });
      reach.offer(nodes[current ?? -1]);
      if (pressed !== null && pressed !== revealed && scroller)
        reveal(nodes[pressed], scroller);
      revealed = pressed;
    },
    /** Says which are pinned, and which are chosen for a group. */
    flag(drawn, pinned, chosen, words) {
      nodes.forEach((made3, index) => {
        const item = drawn.items[index];
        const all = (set) => item.nodes.every((node2) => set.has(node2));
        made3.querySelector(".hs-graph-flag")?.remove();
        if (all(pinned)) made3.append(flagOf(places[index]));
        made3.classList.toggle("hs-pinned", all(pinned));
        made3.classList.toggle("hs-chosen", all(chosen));
        made3.setAttribute("aria-label", words.label(item, all(pinned), all(chosen)));
      });
    }
  };
}
function node(item, index, place, share, words, em) {
  const { kind, group } = item;
  const made3 = svg("g", {
    class: `hs-graph-mark hs-${group === null ? kind : "group"}`,
    role: "button",
    tabindex: -1,
    "aria-pressed": "false",
    "data-item": index,
    "data-key": item.key,
    transform: `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`
  });
  const hit = {
    class: "hs-graph-hit",
    x: -place.width / 2 - 1,
    y: -place.height / 2 - 1,
    rx: group === null ? 3 : place.height / 2
  };
  const wide = place.width + 2 + place.beside;
  made3.append(svg("rect", { ...hit, width: wide, height: place.height + 2 }));
  if (group !== null || kind === "logit") {
    made3.append(...box(place.width, place.height, group !== null));
    const said = kind === "logit" && group === null ? ` ${probability(words.graph.nodes[item.nodes[0]].activation)}` : "";
    const room = Math.floor((place.width / em - 0.7) * (group === null ? PER_EM.mono : PER_EM.plain)) - said.length;
    const text2 = svg("text", { "text-anchor": "middle", y: 0.31 * em }, shortened(written(item), Math.max(1, room)));
    if (said) text2.append(svg("tspan", { class: "hs-graph-said" }, said));
    made3.append(text2);
    return made3;
  }
  made3.append(shape(kind, 0.5 * place.width * (LEAST_MARK + (1 - LEAST_MARK) * Math.sqrt(Math.min(1, share)))));
  const beside = place.beside - 0.5 * em;
  if (beside > em && kind !== "embed") {
    const room = Math.floor(beside / em * PER_EM.plain);
    made3.append(svg("text", { x: place.width / 2 + 0.35 * em, y: 0.3 * em }, shortened(written(item), room)));
  }
  return made3;
}
function flagOf({ width, height }) {
  const [x2, y, size] = [width / 2, -height / 2, Math.max(6, 0.5 * height)];
  return svg("path", {
    class: "hs-graph-flag",
    d: `M${x2} ${y + 0.4 * size}V${y - size}L${x2 + size} ${y - 0.55 * size}L${x2} ${y - 0.1 * size}Z`
  });
}
function around({ rows, columns, width, height, tokens, left }, names, labels, em) {
  const bands = rows.flatMap(({ y, height: height2 }, row) => [
    svg("rect", { class: "hs-graph-band", x: 0, y, width, height: height2 }),
    svg(
      "text",
      { class: "hs-graph-row", x: left - 0.7 * em, y: y + height2 / 2 + 0.3 * em, "text-anchor": "end" },
      names[row]
    )
  ]);
  const top = height - tokens.height;
  const words = columns.map(({ x: x2, width: width2 }, position) => {
    const text2 = visible(labels[position]);
    const room = tokens.turned ? TOKEN.most : Math.max(1, Math.floor((width2 / em - 0.2) * PER_EM.mono));
    const place = tokens.turned ? { "text-anchor": "end", transform: `translate(${x2 + 0.95 * em} ${top + 0.75 * em}) rotate(-45)` } : { x: x2 + 0.2 * em, y: top + em };
    return svg("text", { class: "hs-graph-token", "data-position": position, ...place }, shortened(text2, room));
  });
  return [...bands, ...words];
}
function next(places, rows, item, key2) {
  const all = places.map((_, index) => index);
  if (key2 === "ArrowUp" || key2 === "ArrowDown") {
    const beyond = all.filter((other) => key2 === "ArrowUp" ? rows[other] > rows[item] : rows[other] < rows[item]);
    if (!beyond.length) return null;
    const row = beyond.reduce(
      (nearest, other) => Math.abs(rows[other] - rows[item]) < Math.abs(nearest - rows[item]) ? rows[other] : nearest,
      rows[beyond[0]]
    );
    const away = (other) => Math.hypot(places[other].x - places[item].x, places[other].y - places[item].y);
    return beyond.filter((other) => rows[other] === row).reduce((best2, other) => away(other) < away(best2) ? other : best2);
  }
  const beside = all.filter((other) => rows[other] === rows[item]).sort((a, b) => places[a].x - places[b].x || places[b].y - places[a].y);
  const at = beside.indexOf(item);
  const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: beside.length - 1 }[key2];
  if (target === void 0) return void 0;
  return beside[target] ?? null;
}

// headstream/views/attribution_graph/picture.ts
var LOOKED = { more: 0.05, clear: true };
var PATH = { more: 0.1, clear: false };
var SAID = 5;
var MONO = 1.15;
function picture(acts) {
  const nodes = marks(acts);
  const [all, some] = [linesCanvas("hs-graph-all"), linesCanvas("hs-graph-some")];
  const surface = nodes.root;
  surface.append(nodes.back, all.canvas, some.canvas, nodes.front);
  const root = element("div", "hs-graph-picture", {}, surface);
  let now = null;
  return {
    root,
    /** How high it would be with no limit. */
    natural: (drawn, words, room) => layout(inputOf(drawn, words, { ...room, height: null })).height,
    paint(drawn, words, encoding, room, path) {
      const { em } = room;
      const input = inputOf(drawn, words, room);
      const places = layout(input);
      nodes.paint(drawn, places, input.items, rowNames(words), words, em);
      for (const lines2 of [all, some]) lines2.size(places.width, places.height);
      all.draw(drawn.links, places.places, encoding, drawn.largest, em);
      surface.style.cssText = `width:${places.width}px;height:${places.height}px`;
      now = { drawn, places, encoding, em, path: linksOf(path, drawn) };
    },
    /** Shows the links of what is looked at, or else the strongest path. */
    mark({ item, kept, link }) {
      if (!now) return;
      const { drawn, places, encoding, em, path } = now;
      const own = item === null ? [] : [...drawn.into(item), ...drawn.outOf(item)];
      const links = link ? [link] : item === null ? path : own;
      const near = new Set(links.flatMap(({ from, to }) => [from, to]));
      const looking = item !== null || link !== null;
      some.draw([...links].reverse(), places.places, encoding, drawn.largest, em, looking ? LOOKED : PATH);
      surface.toggleAttribute("data-looking", looking);
      nodes.mark(link ? null : item, near, kept);
    },
    flag: nodes.flag
  };
}
function inputOf(drawn, words, { width, height, em }) {
  const { layers } = words.graph;
  const items = drawn.items.map((item) => {
    const { kind, layer, group, position } = item;
    const row = kind === "embed" ? 0 : kind === "logit" ? layers.length + 1 : 1 + layers.indexOf(layer ?? 0);
    const named2 = group !== null || kind === "logit";
    const letters = [...written(item)].length;
    const characters = group === null && named2 ? Math.ceil(MONO * (letters + SAID)) : letters;
    return { row, column: position, named: named2, characters };
  });
  return { width, height, em, rows: layers.length + 2, items, tokens: words.tokens.map((token) => [...token].length) };
}
var rowNames = ({ graph }) => ["tokens", ...graph.layers.map(String), "logits"];
function linksOf(path, drawn) {
  return path.slice(1).flatMap((to, at) => drawn.into(to).find(({ from }) => from === path[at]) ?? []);
}

// headstream/views/attribution_graph/schema.ts
function toSchema(graph, kept, about) {
  const { sources, targets, weights, totals, constants } = graph;
  const { tokens, node_threshold, edge_threshold } = about;
  const layers = 1 + Math.max(-1, ...graph.layers);
  const ids = graph.nodes.map((node2) => idOf(node2, layers));
  const named2 = (nodes) => nodes.filter((node2) => kept.nodes[node2]).map((node2) => ids[node2]);
  const entered = cumulated(about.influence);
  const likeliest = graph.nodes.reduce((best2, { kind, activation }, node2) => {
    return kind === "logit" && !(activation <= (graph.nodes[best2]?.activation ?? -1)) ? node2 : best2;
  }, -1);
  const known = (values, node2) => Number.isFinite(values[node2]) ? values[node2] : void 0;
  return {
    metadata: {
      slug: about.name || "graph",
      scan: about.name,
      transcoder_list: [],
      prompt_tokens: tokens,
      prompt: tokens.join(""),
      info: { generator: { name: "headstream" } },
      node_threshold,
      pruning_settings: { node_threshold, edge_threshold }
    },
    qParams: {
      pinnedIds: named2(about.pinned),
      supernodes: Object.entries(about.supernodes).map(([name, members]) => [name, ...named2(members)]),
      linkType: "both",
      clickedId: "",
      sg_pos: ""
    },
    nodes: graph.nodes.flatMap((node2, at) => {
      if (!kept.nodes[at]) return [];
      const { kind, position, activation, label } = node2;
      const isLogit = kind === "logit";
      return {
        node_id: ids[at],
        ...typed2(node2, layers),
        ctx_idx: position,
        token_prob: isLogit ? activation : 0,
        is_target_logit: at === likeliest,
        run_idx: 0,
        reverse_ctx_idx: 0,
        jsNodeId: ids[at],
        clerp: isLogit ? `Output "${label}" (p=${activation.toFixed(3)})` : label,
        influence: isLogit ? null : entered[at],
        activation: kind === "feature" ? activation : null,
        // Fields of ours; what is not known is left out.
        total: known(totals, at),
        constant: known(constants, at)
      };
    }),
    links: Array.from(weights.keys()).flatMap((edge) => {
      return kept.edges[edge] ? { source: ids[sources[edge]], target: ids[targets[edge]], weight: weights[edge] } : [];
    })
  };
}
function idOf({ kind, layer, position, feature, token, label }, layers) {
  switch (kind) {
    case "embed":
      return `E_${token ?? ""}_${position}`;
    case "feature":
      return `${layer}_${feature}_${position}`;
    case "error":
      return `error_${layer}_${position}`;
    case "logit":
      return `${layers + 1}_${token ?? label}_${position}`;
  }
}
function typed2({ kind, layer, position, feature, token }, layers) {
  switch (kind) {
    case "embed":
      return { feature: position, layer: "E", feature_type: "embedding" };
    case "feature":
      return { feature, layer: String(layer), feature_type: "cross layer transcoder" };
    case "error":
      return { feature: -1, layer: String(layer), feature_type: "mlp reconstruction error" };
    case "logit":
      return { feature: token, layer: String(layers + 1), feature_type: "logit" };
  }
}
function cumulated(influence) {
  const order = Array.from(influence.keys()).sort((a, b) => influence[b] - influence[a] || a - b);
  const sum = influence.reduce((total, value) => total + value, 0);
  const found2 = new Float64Array(influence.length);
  let reached = 0;
  for (const node2 of order) {
    reached += influence[node2];
    found2[node2] = sum > 0 ? reached / sum : 0;
  }
  return found2;
}

// headstream/views/attribution_graph/drawn.ts
var Drawn = class {
  constructor(graph, kept, influence, groups2) {
    this.graph = graph;
    this.kept = kept;
    this.itemOf = new Int32Array(graph.size).fill(-1);
    this.items = itemsOf(graph, kept, influence, groups2);
    this.items.forEach(({ nodes }, item) => {
      for (const node2 of nodes) this.itemOf[node2] = item;
    });
    this.links = this.linked();
    this.largest = this.links.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0);
    this.incoming = this.items.map(() => []);
    this.outgoing = this.items.map(() => []);
    for (const link of [...this.links].reverse()) {
      this.incoming[link.to].push(link);
      this.outgoing[link.from].push(link);
    }
  }
  graph;
  kept;
  items;
  /** By node, the item that it is in; -1 for one that is not drawn. */
  itemOf;
  /** Between items, the weakest first. */
  links;
  largest;
  incoming;
  outgoing;
  /** Its links, the strongest first. */
  into(item) {
    return this.incoming[item];
  }
  outOf(item) {
    return this.outgoing[item];
  }
  linked() {
    const { graph, kept, itemOf, items } = this;
    const sums = /* @__PURE__ */ new Map();
    for (let edge = 0; edge < graph.weights.length; edge++) {
      const [from, to] = [itemOf[graph.sources[edge]], itemOf[graph.targets[edge]]];
      if (!kept.edges[edge] || from < 0 || to < 0 || from === to) continue;
      const id = from * items.length + to;
      const link = sums.get(id);
      if (link) link.weight += graph.weights[edge];
      else sums.set(id, { from, to, weight: graph.weights[edge] });
    }
    return [...sums.values()].sort((a, b) => Math.abs(a.weight) - Math.abs(b.weight));
  }
  /** What enters an item by edges that are not drawn, and what no edge brings; nan where a file does not tell. */
  rest(item) {
    const { graph, kept, itemOf } = this;
    let [pruned, constant, total] = [0, 0, 0];
    for (const node2 of this.items[item].nodes) {
      constant += graph.constants[node2];
      total += graph.totals[node2];
      for (const edge of graph.edges(graph.into, node2)) {
        const within = itemOf[graph.sources[edge]] === item;
        if (within) total -= graph.weights[edge];
        else if (!kept.edges[edge]) pruned += graph.weights[edge];
      }
    }
    return { pruned, constant, total };
  }
};
var rank = ({ kind, layer }) => {
  return kind === "embed" ? -1 : kind === "logit" ? Number.POSITIVE_INFINITY : layer ?? 0;
};
function itemsOf(graph, { nodes: kept }, influence, groups2) {
  const taken = new Uint8Array(graph.size);
  const grouped2 = Object.entries(groups2).flatMap(([name, members]) => {
    const nodes = members.filter((node2) => node2 >= 0 && node2 < graph.size && kept[node2] && !taken[node2]);
    for (const node2 of nodes) taken[node2] = 1;
    if (!nodes.length) return [];
    const all = nodes.reduce((sum, node2) => sum + influence[node2], 0);
    nodes.sort((a, b) => influence[b] - influence[a] || a - b);
    const { kind, layer, position } = graph.nodes[nodes[0]];
    return [{ group: name, nodes, kind, layer, position, label: name, influence: all, key: `group-${name}` }];
  });
  const single = graph.nodes.flatMap(({ kind, layer, position, label }, node2) => {
    if (!kept[node2] || taken[node2]) return [];
    return [
      { group: null, nodes: [node2], kind, layer, position, label, influence: influence[node2], key: `node-${node2}` }
    ];
  });
  return [...single, ...grouped2].sort((a, b) => {
    return rank(a) - rank(b) || a.position - b.position || b.influence - a.influence || a.nodes[0] - b.nodes[0];
  });
}

// headstream/views/attribution_graph/graph.ts
var KINDS2 = ["embed", "feature", "error", "logit"];
var PART = 2 ** 24;
var FIELDS2 = 6;
var Graph = class {
  nodes;
  sources;
  targets;
  weights;
  totals;
  constants;
  into;
  outOf;
  /** The layers that there are, from the first on. */
  layers;
  constructor(sent) {
    const { nodes, labels, activations, totals, constants, sources, targets, weights, tokens } = sent;
    const [size, edges] = [nodes.shape[0], weights.shape[0]];
    fits("nodes", nodes.shape, [size, FIELDS2]);
    for (const [name, array2] of Object.entries({ activations, totals, constants })) fits(name, array2.shape, [size]);
    for (const [name, array2] of Object.entries({ sources, targets })) fits(name, array2.shape, [edges]);
    fits("labels", [labels.length], [size]);
    this.nodes = labels.map((label, at) => nodeOf(nodes.data, at, activations.data[at], label, tokens.length));
    this.layers = [...new Set(this.nodes.flatMap(({ layer }) => layer ?? []))].sort((a, b) => a - b);
    this.sources = Int32Array.from(sources.data);
    this.targets = Int32Array.from(targets.data);
    this.weights = Float64Array.from(weights.data);
    this.totals = totals.data;
    this.constants = constants.data;
    for (let edge = 0; edge < edges; edge++) {
      const [source2, target] = [this.sources[edge], this.targets[edge]];
      if (!(source2 >= 0 && source2 < target && target < size)) {
        throw new Damaged(`sources: expected one before its target, of ${size} nodes, got ${source2} to ${target}`);
      }
    }
    this.into = endsOf(this.targets, size);
    this.outOf = endsOf(this.sources, size);
  }
  get size() {
    return this.nodes.length;
  }
  /** The edges into a node, or out of it. */
  edges(ends, node2) {
    return ends.edge.subarray(ends.start[node2], ends.start[node2 + 1]);
  }
};
function nodeOf(data, at, activation, label, positions) {
  const field = (index) => {
    const value = data[FIELDS2 * at + index];
    return value < 0 ? null : value;
  };
  const [kind, position, high] = [KINDS2[field(0) ?? -1], field(2), field(4)];
  if (!kind) throw new Damaged(`nodes: expected a kind from 0 to ${KINDS2.length - 1}, got ${data[FIELDS2 * at]}`);
  if (position === null || position >= positions) {
    throw new Damaged(`nodes: expected positions below ${positions}, got ${data[FIELDS2 * at + 2]}`);
  }
  const feature = high === null ? null : PART * high + (field(3) ?? 0);
  return { kind, layer: field(1), position, feature, token: field(5), activation, label };
}
function endsOf(nodes, size) {
  const start = new Int32Array(size + 1);
  for (const node2 of nodes) start[node2 + 1] += 1;
  for (let node2 = 0; node2 < size; node2++) start[node2 + 1] += start[node2];
  const next2 = start.slice();
  const edge = new Int32Array(nodes.length);
  nodes.forEach((node2, at) => {
    edge[next2[node2]++] = at;
  });
  return { start, edge };
}

// headstream/views/attribution_graph/path.ts
function strongestPath(graph, share, kept, through) {
  const { size, nodes, sources, targets } = graph;
  const [up, down] = [new Float64Array(size), new Float64Array(size)];
  const [next2, previous] = [new Int32Array(size).fill(-1), new Int32Array(size).fill(-1)];
  for (let node2 = 0; node2 < size; node2++) {
    if (!kept.nodes[node2]) continue;
    if (nodes[node2].kind === "embed") down[node2] = 1;
    for (const edge of graph.edges(graph.into, node2)) {
      const strength = down[sources[edge]] * share[edge];
      if (kept.edges[edge] && strength > down[node2]) [down[node2], previous[node2]] = [strength, edge];
    }
  }
  for (let node2 = size - 1; node2 >= 0; node2--) {
    if (!kept.nodes[node2]) continue;
    if (nodes[node2].kind === "logit") up[node2] = nodes[node2].activation;
    for (const edge of graph.edges(graph.outOf, node2)) {
      const strength = up[targets[edge]] * share[edge];
      if (kept.edges[edge] && strength > up[node2]) [up[node2], next2[node2]] = [strength, edge];
    }
  }
  const middle = through ?? best(up, down);
  if (middle === null || !(up[middle] * down[middle] > 0)) return null;
  const path = [middle];
  for (let edge = previous[middle]; edge >= 0; edge = previous[sources[edge]]) path.unshift(sources[edge]);
  for (let edge = next2[middle]; edge >= 0; edge = next2[targets[edge]]) path.push(targets[edge]);
  return path;
}
function best(up, down) {
  let found2 = null;
  for (let node2 = 0; node2 < up.length; node2++) {
    const here = up[node2] * down[node2];
    if (here > 0 && (found2 === null || here > up[found2] * down[found2])) found2 = node2;
  }
  return found2;
}

// headstream/views/attribution_graph/influence.ts
function sharesOf({ targets, weights, size }, kept) {
  const sums = new Float64Array(size);
  const found2 = weights.map((weight, edge) => kept && !kept[edge] ? 0 : Math.abs(weight));
  for (let edge = 0; edge < found2.length; edge++) sums[targets[edge]] += found2[edge];
  for (let edge = 0; edge < found2.length; edge++) if (found2[edge]) found2[edge] /= sums[targets[edge]];
  return found2;
}
function logitWeights({ nodes }) {
  const found2 = Float64Array.from(nodes, ({ kind, activation }) => kind === "logit" ? activation : 0);
  if (found2.some((p) => p > 0)) return found2;
  return Float64Array.from(nodes, ({ kind }) => kind === "logit" ? 1 : 0);
}
function influenceOf(graph, share, p, stops) {
  const { sources, into, size } = graph;
  const found2 = new Float64Array(size);
  for (let target = size - 1; target >= 0; target--) {
    const through = found2[target] + p[target];
    if (through === 0 || stops?.[target]) continue;
    for (let at = into.start[target]; at < into.start[target + 1]; at++) {
      const edge = into.edge[at];
      found2[sources[edge]] += through * share[edge];
    }
  }
  return found2;
}
function leastOf(scores, share) {
  const ordered = scores.slice().sort();
  const sum = ordered.reduceRight((total, value) => total + value, 0);
  if (!(sum > 0)) return Number.POSITIVE_INFINITY;
  let reached = 0;
  for (let at = ordered.length - 1; at > 0; at--) {
    reached += ordered[at];
    if (share < 1 && reached / sum >= share) return ordered[at];
  }
  return ordered[0];
}

// headstream/views/attribution_graph/prune.ts
var READABLE = { whole: 60, inner: 60, edges: 300 };
var NODES = [0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3];
var EDGES = [0.98, 0.95, 0.9, 0.85, ...NODES];
var Pruning = class {
  constructor(graph) {
    this.graph = graph;
    this.share = sharesOf(graph);
    this.p = logitWeights(graph);
    this.influence = influenceOf(graph, this.share, this.p);
    this.whole = this.scores(new Uint8Array(graph.size).fill(1));
  }
  graph;
  /** By edge, its share of what enters its target; by node, its influence on the logits: in the whole graph. */
  share;
  influence;
  whole;
  p;
  /**
   * The features and errors of most influence, as few as hold the share `nodes` of all nodes' influence; then the same of the edges between
   * what is kept. Embeddings, logits and nodes that are `held` stay.
   */
  prune(nodes, edges, held = []) {
    const { graph, influence, p } = this;
    const { sources, targets, size } = graph;
    const stays = Uint8Array.from(graph.nodes, ({ kind }) => kind === "embed" || kind === "logit" ? 1 : 0);
    for (const node2 of held) if (node2 < size) stays[node2] = 1;
    const least = leastOf(influence, nodes);
    const kept = influence.reduce((found2, value, node2) => {
      found2[node2] = stays[node2] || value >= least ? 1 : 0;
      return found2;
    }, new Uint8Array(size));
    const inside = Uint8Array.from(sources, (source2, edge) => kept[source2] & kept[targets[edge]]);
    const share = sharesOf(graph, inside);
    const reach = influenceOf(graph, share, p);
    const carried = share.map((part, edge) => part * (reach[targets[edge]] + p[targets[edge]]));
    const lightest = leastOf(carried, edges);
    const chosen = inside.map((within, edge) => within && carried[edge] >= lightest ? 1 : 0);
    this.dropLoose(kept, chosen, stays);
    return { nodes: kept, edges: chosen };
  }
  /** As much as can be read, where `given` does not say: of a small graph all nodes, of another .8 of the influence or less. */
  readable(given) {
    const { graph } = this;
    const inner = graph.nodes.map(({ kind }) => kind === "feature" || kind === "error");
    const few = graph.size <= READABLE.whole;
    const count2 = (kept, of) => kept.reduce((sum, one2, at) => sum + (of(at) ? one2 : 0), 0);
    const fits2 = (share) => count2(this.prune(share, 1).nodes, (node2) => inner[node2]) <= READABLE.inner;
    const nodes = given.nodes ?? (few ? 1 : NODES.find(fits2) ?? NODES[NODES.length - 1]);
    const light = (share) => count2(this.prune(nodes, share).edges, () => true) <= READABLE.edges;
    const edges = given.edges ?? [...few ? [1] : [], ...EDGES].find(light) ?? EDGES[EDGES.length - 1];
    return { nodes, edges };
  }
  /** What nothing leaves, and features that nothing enters, lead nowhere; without them others may lead nowhere. */
  dropLoose(nodes, edges, stays) {
    const { graph } = this;
    const { sources, targets, size } = graph;
    for (let changed = true; changed; ) {
      changed = false;
      const [left, entered] = [new Uint8Array(size), new Uint8Array(size)];
      for (let edge = 0; edge < edges.length; edge++) {
        if (edges[edge]) left[sources[edge]] = entered[targets[edge]] = 1;
      }
      for (let node2 = 0; node2 < size; node2++) {
        const alive = left[node2] && (entered[node2] || graph.nodes[node2].kind !== "feature");
        if (!nodes[node2] || stays[node2] || alive) continue;
        nodes[node2] = 0;
        changed = true;
      }
      for (let edge = 0; edge < edges.length; edge++) edges[edge] &= nodes[sources[edge]] & nodes[targets[edge]];
    }
  }
  /** Those of the whole graph, if all features but the ones `told` counted as errors. */
  scores(told) {
    const { graph, share, p } = this;
    const { nodes, sources, targets, size } = graph;
    const unexplained = Uint8Array.from(nodes, ({ kind }, node2) => {
      return kind === "error" || kind === "feature" && !told[node2] ? 1 : 0;
    });
    const reach = influenceOf(graph, share, p, unexplained);
    const [failed, fed] = [new Float64Array(size), new Uint8Array(size)];
    for (let edge = 0; edge < share.length; edge++) {
      fed[targets[edge]] = 1;
      if (unexplained[sources[edge]]) failed[targets[edge]] += share[edge];
    }
    let [read, lost, explained, all] = [0, 0, 0, 0];
    for (let node2 = 0; node2 < size; node2++) {
      if (unexplained[node2]) {
        lost += reach[node2];
        continue;
      }
      if (nodes[node2].kind === "embed") read += reach[node2];
      if (!fed[node2]) continue;
      all += reach[node2] + p[node2];
      explained += (reach[node2] + p[node2]) * (1 - failed[node2]);
    }
    return { replacement: read + lost ? read / (read + lost) : 0, completeness: all ? explained / all : 0 };
  }
};

// headstream/views/attribution_graph/state.ts
var SENT = [
  "nodes",
  "labels",
  "activations",
  "totals",
  "constants",
  "sources",
  "targets",
  "weights",
  "tokens"
];
var SETTINGS = ["node_threshold", "edge_threshold", "pinned", "supernodes"];
var State = class {
  graph;
  pruning;
  words;
  drawn;
  scores;
  thresholds;
  /** Items of the strongest path, from an embedding to a logit; none where there is no path. */
  path = [];
  sent = [];
  settings = [];
  /** Whether another graph has come. */
  update(traits) {
    const sent = SENT.map((name) => traits[name]);
    const other = sent.some((value, at) => value !== this.sent[at]);
    if (other) {
      this.graph = new Graph(traits);
      this.pruning = new Pruning(this.graph);
      this.words = new Words(this.graph, traits.tokens);
      this.sent = sent;
    }
    const settings = SETTINGS.map((name) => traits[name]);
    if (!other && settings.every((value, at) => value === this.settings[at])) return false;
    this.settings = settings;
    this.prune(traits);
    return other;
  }
  prune({ node_threshold, edge_threshold, pinned, supernodes }) {
    const { graph, pruning } = this;
    this.thresholds = pruning.readable({ nodes: node_threshold, edges: edge_threshold });
    const { nodes, edges } = this.thresholds;
    const held = [...pinned, ...Object.values(supernodes).flat()];
    const kept = pruning.prune(nodes, edges, held);
    this.drawn = new Drawn(graph, kept, pruning.influence, supernodes);
    this.scores = pruning.scores(kept.nodes);
    this.path = this.along(null);
  }
  /** The strongest path, through a node where one is given, as items. */
  along(node2) {
    const { graph, pruning, drawn } = this;
    const nodes = strongestPath(graph, pruning.share, drawn.kept, node2) ?? [];
    return nodes.map((one2) => drawn.itemOf[one2]).filter((item, at, all) => item !== all[at - 1]);
  }
  /** The item of the most probable logit; of a graph without one, the last. */
  get top() {
    const { items } = this.drawn;
    const p = (item) => items[item].kind === "logit" ? this.graph.nodes[items[item].nodes[0]].activation : -1;
    return items.reduce((best2, _, item) => p(item) > p(best2) ? item : best2, items.length - 1);
  }
};

// headstream/views/attribution_graph/status.ts
var SCORES = [
  [
    "replacement",
    "of the strength of all paths from the logits back, what comes from tokens through the features drawn"
  ],
  [
    "completeness",
    "of the inputs of what is drawn, weighted by influence, what comes from no error and no feature left out"
  ]
];
var count = (kept) => kept.reduce((sum, one2) => sum + one2, 0);
var many = (value) => value.toLocaleString("en-US");
function status() {
  const scores = SCORES.map(([name, title]) => {
    const now = element("b", "hs-number", { "data-score": name });
    const whole2 = element("span", "hs-quiet hs-number", { "data-whole-score": name });
    return { name, now, whole: whole2, root: element("span", "hs-graph-score", { title }, `${name} `, now, " ", whole2) };
  });
  const root = element("div", "hs-graph-status", {}, ...scores.map(({ root: root2 }) => root2));
  return {
    root,
    show({ scores: found2, pruning: { whole: whole2 } }) {
      for (const score of scores) {
        score.now.textContent = probability(found2[score.name]);
        score.whole.textContent = `(all nodes ${probability(whole2[score.name])})`;
      }
    }
  };
}

// headstream/views/attribution_graph/index.ts
var READERS = {
  nodes: array("int32", 2),
  labels: texts,
  activations: array("float32", 1),
  totals: array("float32", 1),
  constants: array("float32", 1),
  sources: array(["uint16", "int32"], 1),
  targets: array(["uint16", "int32"], 1),
  weights: array("float32", 1),
  tokens: texts,
  name: text,
  cards,
  node_threshold: optional(number),
  edge_threshold: optional(number),
  pinned: wholes,
  supernodes: groups
};
var RANGE = { min: 0, max: 1, step: 0.01 };
function create(frame) {
  const { traits, selection } = frame;
  const state = new State();
  let room = { width: 0, height: null, em: 13 };
  let side;
  let colors = null;
  let pointed = null;
  let meant = null;
  let link = null;
  let chosen = /* @__PURE__ */ new Set();
  let flagged = false;
  const line = status();
  const both = () => ({ node_threshold: state.thresholds.nodes, edge_threshold: state.thresholds.edges });
  const moved = {
    traits: {
      get node_threshold() {
        return state.thresholds.nodes;
      },
      get edge_threshold() {
        return state.thresholds.edges;
      }
    },
    set: (values) => frame.set({ ...both(), ...values }),
    attempt: (values) => frame.attempt({ ...both(), ...values })
  };
  const sliders = [
    slider(moved, "node_threshold", "nodes", RANGE, (value) => {
      return `${fixed(value, 2)}: ${many(count(state.drawn.kept.nodes))} of ${many(state.graph.size)}`;
    }),
    slider(moved, "edge_threshold", "edges", RANGE, (value) => {
      return `${fixed(value, 2)}: ${many(count(state.drawn.kept.edges))} of ${many(state.graph.weights.length)}`;
    })
  ];
  const saving = action("Save JSON", "Save the graph that is drawn as JSON, in circuit-tracer’s schema", save);
  frame.controls.append(...sliders.map(({ root }) => root), saving);
  frame.onClear(() => {
    meant = null;
    choose([]);
  });
  const partAt = (node2) => partOf(state.graph.nodes[node2]);
  const graph = picture({
    point(item) {
      pointed = item === null ? null : state.drawn.items[item].nodes[0];
      link = null;
      selection.preview(pointed === null ? null : partAt(pointed));
    },
    keep,
    press(item, { key: key2, ctrlKey, metaKey, altKey }) {
      const run = { p: pin, g: toggle }[key2.toLowerCase()];
      if (!run || ctrlKey || metaKey || altKey) return false;
      run(item);
      return true;
    },
    choose: toggle
  });
  const making = bench({
    group(name) {
      const nodes = [...chosen];
      choose([]);
      frame.set({ supernodes: grouped(traits.supernodes, name, nodes) });
      meant = nodes[0];
      selection.pin(partAt(meant));
    },
    clear: () => choose([]),
    ungroup: (name) => frame.set({ supernodes: ungrouped(traits.supernodes, name) }),
    unpin: (node2) => frame.set({ pinned: traits.pinned.filter((other) => other !== node2) })
  });
  function keep(item) {
    meant = state.drawn.items[item].nodes[0];
    pointed = link = null;
    selection.pin(partAt(meant));
  }
  function pin(item) {
    const { nodes } = state.drawn.items[item];
    const others = traits.pinned.filter((node2) => !nodes.includes(node2));
    const all = others.length === traits.pinned.length - nodes.length;
    frame.set({ pinned: all ? others : [...others, ...nodes].sort((a, b) => a - b) });
  }
  function toggle(item) {
    const { nodes } = state.drawn.items[item];
    const others = [...chosen].filter((node2) => !nodes.includes(node2));
    choose(others.length === chosen.size - nodes.length ? others : [...others, ...nodes]);
  }
  function choose(nodes) {
    chosen = new Set(nodes);
    flagged = false;
    frame.reselect();
  }
  function save() {
    const { pruning, drawn } = state;
    const file = toSchema(state.graph, drawn.kept, { ...traits, ...both(), influence: pruning.influence });
    download(new Blob([JSON.stringify(file)], { type: "application/json" }), "attribution_graph.json");
  }
  function update() {
    if (!state.update(traits)) return;
    chosen = /* @__PURE__ */ new Set();
    pointed = meant = link = null;
  }
  function surround() {
    const { theme, fontSize: em } = frame;
    const { largest } = state.drawn;
    if (!colors || colors.theme !== theme || colors.largest !== largest || colors.em !== em) {
      const encoding = encodingOf(largest, theme, state.words.decimals);
      colors = { theme, largest, em, encoding };
      frame.legend.replaceChildren(key(em, encoding, largest), encoding.legend());
    }
    for (const control of sliders) control.update();
    line.show(state);
    const { label, nodes } = state.drawn.items[state.top];
    const where = traits.name && ` in ${plain(traits.name)}`;
    frame.title(`What leads to ${quoted(label)} (${probability(state.graph.nodes[nodes[0]].activation)})${where}`);
  }
  function looked(current, means) {
    const node2 = nodeAt(state.graph, current, means, state.pruning.influence);
    const item = node2 === null ? -1 : state.drawn.itemOf[node2];
    return { node: node2, item: item < 0 ? null : item };
  }
  const shown2 = () => looked(selection.pinned(), meant).item ?? state.top;
  function fill2() {
    const { drawn, words } = state;
    const item = shown2();
    const all = (set) => drawn.items[item].nodes.every((node2) => set.has(node2));
    const pins = new Set(traits.pinned);
    const look = { encoding: colors.encoding, cards: traits.cards, theme: frame.theme };
    side.show({ item, pinned: all(pins), chosen: all(chosen) }, state, look);
    if (flagged) return;
    flagged = true;
    graph.flag(drawn, pins, chosen, words);
    making.show(
      chosen.size,
      Object.entries(traits.supernodes).map(([name, nodes]) => [name, nodes.length]),
      traits.pinned.map((node2) => [node2, state.graph.nodes[node2]?.label ?? ""])
    );
  }
  return {
    build() {
      update();
      surround();
      const { width, fontSize: em } = frame;
      frame.picture.replaceChildren(line.root);
      const left = frame.heightLeft();
      const parts = divided(width, em, left === null ? null : left - line.root.offsetHeight, (wide) => {
        return graph.natural(state.drawn, state.words, { width: wide, height: null, em });
      });
      room = { width: parts.graph, height: parts.beside ? parts.height : parts.most, em };
      side = panel({
        point(next2) {
          link = next2 && { ...next2 };
          const { drawn } = state;
          const end = next2 && (next2.to === shown2() ? next2.from : next2.to);
          selection.preview(end === null ? null : partAt(drawn.items[end].nodes[0]));
        },
        go: keep,
        pin: () => pin(shown2()),
        choose: () => toggle(shown2())
      });
      const panes = element("div", "hs-graph-panel", {}, side.root, making.root);
      const style = parts.beside ? `grid-template-columns:minmax(0,1fr) ${parts.panel}px` : "";
      const both2 = element("div", "hs-graph-parts", { style, "data-beside": parts.beside }, graph.root, panes);
      if (parts.beside && parts.height !== null) both2.style.height = `${parts.height}px`;
      if (!parts.beside && parts.most !== null) graph.root.style.maxHeight = `${parts.most}px`;
      frame.picture.append(both2);
    },
    paint() {
      update();
      surround();
      link = null;
      graph.paint(state.drawn, state.words, colors.encoding, room, state.path);
      flagged = false;
    },
    select(current, pinned) {
      fill2();
      const { node: node2, item } = looked(current, link ? null : pointed ?? meant);
      graph.mark({ item, kept: looked(pinned, meant).item, link });
      frame.say(sentence(node2, item));
    }
  };
  function sentence(node2, item) {
    const { drawn, words, path, graph: all } = state;
    if (link) return words.link(link, drawn);
    if (item !== null) return words.item(drawn.items[item], item, drawn);
    if (node2 !== null) return `${plain(all.nodes[node2].label)} is not among the nodes that are kept.`;
    const few = drawn.links.length > MOST_LINES ? `, the ${many(MOST_LINES)} strongest of them as lines` : "";
    const kept = `${many(drawn.items.length)} nodes and ${many(drawn.links.length)} edges are drawn${few}.`;
    const way = path.length ? ` The strongest path: ${words.path(path, drawn)}.` : "";
    return `${kept}${way} Point at a node; click to keep it, Escape to let go.`;
  }
}
var attribution_graph_default = defineView({
  name: "attribution_graph",
  readers: READERS,
  structure: ({ cards: cards2 }) => [cards2.size > 0],
  create
});
export {
  attribution_graph_default as default
};
