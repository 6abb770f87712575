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

// headstream/views/shared/draw/legend.ts
function scaleLegend(theme, scale, name, ticks2) {
  const bar = element("canvas", "hs-legend-bar", { width: 256, height: 1 });
  const context = bar.getContext("2d");
  const { rgb: rgb2 } = ramp(theme, scale);
  const image = context?.createImageData(256, 1);
  if (context && image) {
    for (let step = 0; step < 256; step++) image.data.set([...rgb2.subarray(3 * step, 3 * step + 3), 255], 4 * step);
    context.putImageData(image, 0, 0);
  }
  const marks = ticks2.map(({ at, label }) => element("span", "hs-legend-tick", { style: `left:${100 * at}%` }, label));
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
function toggle(model, trait, label) {
  const button = element(
    "button",
    "hs-button",
    { type: "button", "aria-pressed": String(Boolean(model.get(trait))) },
    label
  );
  button.addEventListener("click", () => commit(model, trait, !model.get(trait)));
  model.on(`change:${trait}`, () => button.setAttribute("aria-pressed", String(Boolean(model.get(trait)))));
  return button;
}
function action(label, name, run) {
  const button = element("button", "hs-button", { type: "button", "aria-label": name, title: name }, label);
  button.addEventListener("click", run);
  return button;
}

// headstream/views/shared/text/tokens.ts
var BYTES = /<0x([0-9A-F]{2})>/g;
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
function running(labels) {
  const pieces = labels.map((label) => label.split(BYTES));
  const bytes = [];
  const texts = pieces.map((parts) => parts.slice());
  const flush = () => {
    joinCharacters(bytes, texts);
    bytes.length = 0;
  };
  pieces.forEach((parts, token) => {
    parts.forEach((part, index) => {
      if (index % 2) bytes.push({ token, part: index, value: Number.parseInt(part, 16) });
      else if (part) flush();
    });
  });
  flush();
  return texts.map((parts) => parts.join(""));
}
function joinCharacters(bytes, texts) {
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
      texts[token][part] = `<0x${value.toString(16).toUpperCase().padStart(2, "0")}>`;
      start += 1;
    } else {
      for (const { token, part } of run) texts[token][part] = "";
      texts[run[0].token][run[0].part] = character;
      start += length;
    }
  }
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

// headstream/views/shared/parts/strip.ts
function tokenStrip(labels, selection, name, write2) {
  const spans = running(labels).map((text, position) => {
    const attributes = {
      role: "option",
      "aria-label": `${position}: ${visible(labels[position])}`,
      tabindex: -1,
      "data-position": position
    };
    const span = element("span", "hs-token", attributes);
    (write2 ?? fill)(span, text);
    return span;
  });
  const root = element("div", "hs-strip", { role: "listbox", "aria-label": name, "aria-orientation": "horizontal" });
  spans.forEach((span, position) => {
    if (!write2 && /^\s/.test(labels[position])) root.append(element("wbr"));
    root.append(span);
    if (!write2 && labels[position].endsWith("\n") && position < labels.length - 1) root.append(element("br"));
  });
  let reachable = spans[0];
  if (reachable) reachable.tabIndex = 0;
  const positionOf = (event) => {
    const span = event.target.closest(".hs-token");
    return span ? Number(span.dataset.position) : null;
  };
  root.addEventListener("pointerover", (event) => {
    const position = positionOf(event);
    if (position !== null) selection.preview({ position, key: null });
  });
  root.addEventListener("pointerleave", () => selection.preview(null));
  root.addEventListener("click", (event) => {
    const position = positionOf(event);
    if (position !== null) selection.pin({ position, key: null });
  });
  root.addEventListener("keydown", (event) => {
    const position = positionOf(event);
    if (position === null) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== void 0) {
      const next = Math.min(spans.length - 1, Math.max(0, position + step));
      spans[next].focus();
      selection.preview({ position: next, key: null });
    } else if (event.key === "Enter" || event.key === " ") {
      selection.pin({ position, key: null });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  let current = null;
  return {
    root,
    spans,
    mark(position) {
      current?.classList.remove("hs-current");
      current?.setAttribute("aria-selected", "false");
      current = position === null ? null : spans[position] ?? null;
      if (!current) return;
      current.classList.add("hs-current");
      current.setAttribute("aria-selected", "true");
      reveal(current, root);
      reachable.tabIndex = -1;
      reachable = current;
      reachable.tabIndex = 0;
    }
  };
}
function reveal(span, root) {
  if (root.scrollHeight <= root.clientHeight) return;
  const box = span.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  if (box.top < frame.top) root.scrollTop -= frame.top - box.top + box.height;
  else if (box.bottom > frame.bottom) root.scrollTop += box.bottom - frame.bottom + box.height;
}
function fill(span, text) {
  for (const part of visible(text).split(/(·)/)) {
    if (part === "·") span.append(element("span", "hs-space", {}, part));
    else if (part) span.append(part);
  }
  if (!text) span.append(element("span", "hs-space", {}, "‿"));
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

// headstream/views/residual_bars/bars.ts
var MANY = 24;
var MANY_SOURCES = 8;
var Contributions = class {
  constructor(values, total, sources, components, additive, note) {
    this.components = components;
    this.additive = additive;
    this.note = note;
    const { shape, data } = decode(values);
    this.positions = shape[1];
    this.values = data;
    this.totals = total ? decode(total).data : null;
    this.sources = sources ? decode(sources).data : null;
    this.rounded = sources?.dtype === "float16";
    let heads = 0;
    this.headOf = components.map(({ kind }) => kind === "head" ? heads++ : -1);
  }
  components;
  additive;
  note;
  positions;
  values;
  totals;
  sources;
  headOf;
  /** Whether sources have the eleven bits of float16. */
  rounded;
  value(component, position) {
    return this.values[component * this.positions + position];
  }
  total(position) {
    return this.totals ? this.totals[position] : null;
  }
  sum(position) {
    return this.components.reduce((sum, _, component) => sum + this.value(component, position), 0);
  }
  /** The largest |value| at any position. */
  largest() {
    let largest = 0;
    for (let i = 0; i < this.values.length; i++) largest = Math.max(largest, Math.abs(this.values[i]));
    return largest;
  }
  /** The largest sum of |values| at any position: no bar or sum is longer. */
  span() {
    const sizes = (position) => this.components.reduce((sum, _, c) => sum + Math.abs(this.value(c, position)), 0);
    return Math.max(...Array.from({ length: this.positions }, (_, position) => sizes(position)));
  }
  get signed() {
    if (this.additive) return true;
    for (let i = 0; i < this.values.length; i++) if (this.values[i] < 0) return true;
    return false;
  }
  get hasSources() {
    return this.sources !== null;
  }
  indexOf(layer, head) {
    return this.components.findIndex((c) => c.kind === "head" && c.layer === layer && c.head === head);
  }
  /** What a head brings from one token. */
  source(component, position, key) {
    if (!this.sources || key > position) return 0;
    const triangle = this.positions * (this.positions + 1) / 2;
    return this.sources[this.headOf[component] * triangle + position * (position + 1) / 2 + key];
  }
  /** Whether some layer has several heads, so that grouping changes something. */
  get canGroup() {
    const layers = this.components.filter(({ kind }) => kind === "head").map(({ layer }) => layer);
    return new Set(layers).size < layers.length;
  }
  /** The rows to draw at one position, from top to bottom. */
  rows(options, position) {
    const leaves = this.components.map((_, index) => this.leaf(index, position, options));
    const last = ({ kind }) => Number(kind === "smaller" || kind === "rest");
    const sorted = (nodes) => options.order === "size" ? nodes.slice().sort((a, b) => last(a) - last(b) || b.size - a.size) : nodes;
    const top = options.grouped ? this.groups(leaves, options) : this.folded(leaves, MANY, options, blank("smaller", "smaller"));
    const rows = [];
    const place = (nodes, depth, start) => {
      let at = start;
      for (const node of sorted(nodes)) {
        const from = options.cumulative ? at : 0;
        rows.push({ ...node, depth, from, to: from + (node.value ?? 0) });
        if (node.expanded) place(node.parts, depth + 1, from);
        at += node.value ?? 0;
      }
      return at;
    };
    const sum = place(top, 0, 0);
    if (options.cumulative) {
      rows.push({ ...blank("sum", "sum"), value: sum, size: Math.abs(sum), depth: 0, from: 0, to: sum });
    }
    return rows;
  }
  /** The row of a head, or of one token it reads from, whether or not it is among those drawn. */
  rowOf(layer, head, key, position) {
    const index = this.indexOf(layer, head);
    if (index < 0) return null;
    const none = {
      grouped: false,
      order: "stream",
      cumulative: false,
      opened: [],
      showAll: false,
      head: null
    };
    const node = this.sources && key !== null && key <= position ? this.sourceNode(index, position, key) : this.leaf(index, position, none);
    return { ...node, depth: 0, from: 0, to: node.value ?? 0 };
  }
  leaf(index, position, options) {
    const component = this.components[index];
    const { kind, layer, head } = component;
    const value = this.value(index, position);
    const opens = kind === "head" && (this.sources !== null || this.note !== "");
    const open = opens && options.head?.layer === layer && options.head.head === head;
    return {
      id: `component-${index}`,
      kind: "component",
      component,
      layer,
      key: null,
      value,
      size: Math.abs(value),
      parts: open ? this.sourceNodes(index, position, options) : [],
      expanded: opens ? open : null
    };
  }
  sourceNodes(index, position, options) {
    const component = this.components[index];
    if (!this.sources) return [{ ...blank("note", "note"), component, layer: component.layer }];
    const nodes = Array.from({ length: this.positions }, (_, key) => {
      return key > position ? blank(`empty-${key}`, "empty") : this.sourceNode(index, position, key);
    });
    return this.folded(nodes, MANY_SOURCES, options, { ...blank("rest", "rest"), component, layer: component.layer });
  }
  sourceNode(index, position, key) {
    const component = this.components[index];
    const value = this.source(index, position, key);
    const size = Math.abs(value);
    return { ...blank(`source-${key}`, "source"), component, layer: component.layer, key, value, size };
  }
  /** Where there are too many, the largest, and one node for the others. */
  folded(nodes, many, options, fold) {
    if (nodes.length <= many + 1) return nodes;
    const bySize = nodes.slice().sort((a, b) => rank(b, options) - rank(a, options));
    const kept = new Set(bySize.slice(0, many));
    const parts = nodes.filter((node) => !kept.has(node));
    const used2 = parts.filter(({ kind }) => kind !== "empty");
    const shown = { parts, expanded: options.showAll };
    return [
      ...nodes.filter((node) => kept.has(node)),
      used2.length ? { ...fold, ...this.together(used2), ...shown } : { ...fold, ...shown }
    ];
  }
  groups(leaves, options) {
    const result = [];
    const done = /* @__PURE__ */ new Set();
    for (const leaf of leaves) {
      const layer = leaf.component?.kind === "head" ? leaf.layer : null;
      if (layer === null) {
        result.push(leaf);
        continue;
      }
      if (done.has(layer)) continue;
      const parts = leaves.filter((other) => other.component?.kind === "head" && other.layer === layer);
      done.add(layer);
      const expanded = options.opened.includes(layer) || options.head?.layer === layer;
      if (parts.length < 2) result.push(leaf);
      else result.push({ ...blank(`heads-${layer}`, "heads"), ...this.together(parts), layer, parts, expanded });
    }
    return result;
  }
  together(parts) {
    const sum = parts.reduce((total, part) => total + (part.value ?? 0), 0);
    if (this.additive) return { value: sum, size: Math.abs(sum) };
    return { value: null, size: Math.max(...parts.map((part) => part.size)) };
  }
};
function extentOf(rows) {
  let low = 0;
  let high = 0;
  for (const row of rows) {
    const marks = row.kind === "heads" && !row.expanded ? row.parts.map((part) => part.value ?? 0) : [];
    low = Math.min(low, row.from, row.to, ...marks);
    high = Math.max(high, row.from, row.to, ...marks);
  }
  return [low, high];
}
function blank(id, kind) {
  return { id, kind, component: null, layer: null, key: null, value: null, size: -1, parts: [], expanded: null };
}
function rank(node, { head }) {
  const selected = node.kind === "component" && head !== null && node.component?.head === head.head;
  return selected && node.layer === head.layer ? Number.POSITIVE_INFINITY : node.size;
}

// node_modules/d3-array/src/ticks.js
var e10 = Math.sqrt(50);
var e5 = Math.sqrt(10);
var e2 = Math.sqrt(2);
function tickSpec(start, stop, count) {
  const step = (stop - start) / Math.max(0, count), power2 = Math.floor(Math.log10(step)), error = step / Math.pow(10, power2), factor = error >= e10 ? 10 : error >= e5 ? 5 : error >= e2 ? 2 : 1;
  let i1, i2, inc;
  if (power2 < 0) {
    inc = Math.pow(10, -power2) / factor;
    i1 = Math.round(start * inc);
    i2 = Math.round(stop * inc);
    if (i1 / inc < start) ++i1;
    if (i2 / inc > stop) --i2;
    inc = -inc;
  } else {
    inc = Math.pow(10, power2) * factor;
    i1 = Math.round(start / inc);
    i2 = Math.round(stop / inc);
    if (i1 * inc < start) ++i1;
    if (i2 * inc > stop) --i2;
  }
  if (i2 < i1 && 0.5 <= count && count < 2) return tickSpec(start, stop, count * 2);
  return [i1, i2, inc];
}
function ticks(start, stop, count) {
  stop = +stop, start = +start, count = +count;
  if (!(count > 0)) return [];
  if (start === stop) return [start];
  const reverse = stop < start, [i1, i2, inc] = reverse ? tickSpec(stop, start, count) : tickSpec(start, stop, count);
  if (!(i2 >= i1)) return [];
  const n = i2 - i1 + 1, ticks2 = new Array(n);
  if (reverse) {
    if (inc < 0) for (let i = 0; i < n; ++i) ticks2[i] = (i2 - i) / -inc;
    else for (let i = 0; i < n; ++i) ticks2[i] = (i2 - i) * inc;
  } else {
    if (inc < 0) for (let i = 0; i < n; ++i) ticks2[i] = (i1 + i) / -inc;
    else for (let i = 0; i < n; ++i) ticks2[i] = (i1 + i) * inc;
  }
  return ticks2;
}

// headstream/views/shared/text/format.ts
var MINUS = "−";
function fixed(value, decimals) {
  const text = Number.isFinite(value) ? Math.abs(value).toFixed(decimals) : Number.isNaN(value) ? "–" : "∞";
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}
function signed(value, decimals) {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

// headstream/views/residual_bars/numbers.ts
function decimalsFor(largest) {
  if (largest === 0) return 2;
  if (largest < 1e-4 || largest >= 1e6) return null;
  if (largest < 10) return 2 - Math.floor(Math.log10(largest));
  return largest < 100 ? 2 : largest < 1e3 ? 1 : 0;
}
function halfStep(value) {
  return 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 2 ** -14))) - 10);
}
function supported(decimals, steps) {
  if (decimals === null || steps === 0) return decimals;
  return Math.max(0, Math.min(decimals, Math.floor(-Math.log10(steps))));
}
function show(value, decimals, plus) {
  if (decimals !== null) return plus ? signed(value, decimals) : fixed(value, decimals);
  if (value === 0) return "0";
  const text = power(Math.abs(value));
  return `${value < 0 ? "−" : plus ? "+" : ""}${text}`;
}
function power(value) {
  if (value === 0) return "0";
  const [digits, exponent] = value.toExponential(1).split("e");
  const raised = [...String(Number(exponent))].map((c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]).join("");
  return `${digits} × 10${raised}`;
}

// headstream/views/residual_bars/words.ts
var Words = class {
  constructor(data, tokens, quantity) {
    this.data = data;
    this.tokens = tokens;
    this.quantity = plain(quantity);
    this.decimals = decimalsFor(data.largest());
    this.signed = data.signed;
  }
  data;
  tokens;
  decimals;
  signed;
  quantity;
  /** A row's number, with no more digits than were sent. */
  number(row, position) {
    if (row.value === null) return "";
    return show(row.value, this.data.rounded ? this.decimalsOf(row, position) : this.decimals, this.signed);
  }
  decimalsOf(row, position) {
    const component = row.component;
    if (row.kind === "source" && component) {
      const index = this.data.indexOf(component.layer, component.head);
      let largest = 0;
      for (let key = 0; key <= position; key++) {
        largest = Math.max(largest, Math.abs(this.data.source(index, position, key)));
      }
      return supported(this.decimals, halfStep(largest));
    }
    if (row.kind !== "rest") return this.decimals;
    const steps = row.parts.reduce((sum, part) => sum + (part.value === null ? 0 : halfStep(part.value)), 0);
    return supported(this.decimals, steps);
  }
  /** A number on the scale of one head's sources, of which this is the largest. */
  source(value, largest) {
    return show(value, this.data.rounded ? supported(this.decimals, halfStep(largest)) : this.decimals, this.signed);
  }
  /** Characters of the widest number, sums included. */
  get width() {
    return show(-this.data.span(), this.decimals, true).length;
  }
  /** How far those two are apart. */
  difference(value) {
    const decimals = this.decimals === null ? null : this.decimals + 2;
    return decimals !== null && value >= 10 ** -decimals ? show(value, decimals, false) : power(value);
  }
  /** The sum of the bars and the exact value stand beside each other: two more decimals. */
  whole(value) {
    return show(value, this.decimals === null ? null : this.decimals + 2, this.signed);
  }
  label(row) {
    if (row.kind === "heads") return `${row.layer}.heads`;
    if (row.kind === "smaller") return `${row.parts.length} smaller`;
    if (row.kind === "rest") return `${used(row)} others`;
    if (row.kind === "sum") return "sum";
    return plain(row.component?.label ?? "");
  }
  /** Who, at the start of a sentence. */
  name(row) {
    const { component, layer } = row;
    if (row.kind === "heads") return `The ${row.parts.length} heads of layer ${layer} together`;
    if (row.kind === "smaller") return `The ${row.parts.length} smaller components together`;
    if (row.kind === "sum") return "All components together";
    switch (component?.kind) {
      case "head":
        return `Layer ${component.layer}, head ${component.head}`;
      case "mlp":
        return `The MLP of layer ${component.layer}`;
      case "embed":
        return "The embedding";
      case "pos_embed":
        return "The position's vector";
      case "bias":
        return "The biases";
      default:
        return quoted(component?.label ?? "");
    }
  }
  where(position) {
    return this.tokens.length > 1 ? `, at ${quoted(this.tokens[position])} (position ${position})` : "";
  }
  sentence(row, position) {
    const number = this.number(row, position);
    const where = this.where(position);
    const many = row.kind === "heads" || row.kind === "smaller" || row.kind === "sum";
    if (row.kind === "note") return this.data.note;
    if (row.kind === "rest" && used(row) === 0) return "";
    const from = row.kind === "source" ? ` from ${quoted(this.tokens[row.key])} (position ${row.key})` : row.kind === "rest" ? ` from its ${used(row)} other tokens` : "";
    if (!this.data.additive) {
      if (row.value === null) return `${this.name(row)}: the largest is ${this.largest(row, position)}${where}.`;
      return `${this.name(row)}${from}: ${number} (${this.quantity})${where}.`;
    }
    const verb = from ? "brings" : many ? "add" : "adds";
    const largest = row.kind === "heads" ? ` The largest is ${this.largest(row, position)}.` : "";
    return `${this.name(row)} ${verb} ${number}${from} to the ${this.quantity}${where}.${largest}`;
  }
  largest(row, position) {
    const part = row.parts.reduce((best, other) => other.size > best.size ? other : best);
    const number = this.number({ ...part, depth: 0, from: 0, to: 0 }, position);
    return part.component?.kind === "head" ? `head ${part.component.head}, ${number}` : number;
  }
  /** When nothing is pointed at: the whole, and its largest parts. */
  overview(rows, position) {
    const parts = rows.filter((row) => row.kind === "component" && row.depth === 0 && row.value !== 0).concat(rows.filter((row) => row.kind === "heads")).sort((a, b) => b.size - a.size).slice(0, 3).map((row) => `${this.label(row)} ${this.number(row, position)}`.trim());
    const whole = this.data.total(position) ?? (this.data.additive ? this.data.sum(position) : null);
    const where = this.where(position).replace(/^, /, " ");
    const largest = `argest: ${parts.join(", ") || "nothing"}.`;
    if (whole === null || !this.data.additive) return `${capital(this.quantity)}${where}: l${largest}`;
    return `The ${this.quantity} is ${show(whole, this.decimals, false)}${where}. L${largest}`;
  }
};
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
function used(row) {
  return row.parts.filter(({ kind }) => kind !== "empty").length;
}

// headstream/views/residual_bars/list.ts
var FOLDED = /* @__PURE__ */ new Set(["sum", "smaller", "rest"]);
function barList(frame, words, tokens, widths, signed2, act) {
  const grid = element("div", "hs-bars-grid", { "aria-hidden": "true" });
  const list = element("div", "hs-bars-rows", { role: "tree", "aria-label": "Components and what each adds" });
  const style = `--hs-bars-label:${widths.label}px;--hs-bars-value:${widths.value}px`;
  const stacked = frame.width < 22 * frame.fontSize;
  const root = element("div", stacked ? "hs-bars hs-bars-stacked" : "hs-bars", { style }, grid, list);
  const beside = stacked ? 0 : widths.label + widths.value;
  const track = Math.min(frame.width, 72 * frame.fontSize) - beside - 2.5 * frame.fontSize;
  const colors = ramp(frame.theme, signed2 ? "diverging" : "sequential");
  const made = /* @__PURE__ */ new Map();
  let rows = [];
  let domain = [0, 1];
  const percent = (value) => 100 * (value - domain[0]) / (domain[1] - domain[0]);
  function update(next) {
    const before = rows.map(({ id }) => id).join();
    rows = next.rows;
    root.classList.toggle("hs-bars-still", !next.moving);
    rescale(next);
    if (before !== rows.map(({ id }) => id).join()) arrange(next.moving);
    const largest = Math.max(...rows.map((row) => FOLDED.has(row.kind) ? 0 : Math.abs(row.value ?? 0)));
    rows.forEach((row, index) => {
      fill2(made.get(row.id), row, next, largest, rows[index + 1]);
    });
    reachable();
  }
  function rescale({ extent }) {
    let low = Math.min(0, extent[0]);
    let high = Math.max(0, extent[1]);
    if (low === high) high = 1;
    const wide = decimalsFor(Math.max(-low, high)) === null;
    const count = Math.max(2, Math.floor(track / ((wide ? 9 : 5) * frame.fontSize)));
    const room = 0.02 * (high - low);
    [low, high] = [low && low - room, high && high + room];
    if (low === domain[0] && high === domain[1] && grid.childElementCount) return;
    domain = [low, high];
    const values = ticks(low, high, count);
    const step = values.length > 1 ? values[1] - values[0] : 1;
    const decimals = wide ? null : Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const lines2 = values.map(
      (value) => element(
        "span",
        value === 0 ? "hs-bars-tick hs-bars-zero" : "hs-bars-tick",
        { style: `left:${percent(value)}%` },
        element("span", "hs-bars-tick-label", {}, show(value, decimals, signed2 && value !== 0))
      )
    );
    grid.replaceChildren(...lines2);
  }
  function arrange(moving) {
    const focused = [...made].find(([, { root: root2 }]) => root2 === document.activeElement)?.[0];
    const glides = moving && !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const places = new Map([...made].map(([id, { root: root2 }]) => [id, glides ? root2.offsetTop : 0]));
    for (const row of rows) if (!made.has(row.id)) made.set(row.id, create2(row));
    for (const id of [...made.keys()]) if (!rows.some((row) => row.id === id)) made.delete(id);
    list.replaceChildren(...rows.map(({ id }) => made.get(id).root));
    if (focused !== void 0) made.get(focused)?.root.focus({ preventScroll: true });
    if (!glides) return;
    for (const [id, { root: root2 }] of made) {
      const moved = (places.get(id) ?? root2.offsetTop) - root2.offsetTop;
      if (moved) root2.animate([{ transform: `translateY(${moved}px)` }, { transform: "none" }], { duration: 150 });
    }
  }
  function create2(row) {
    const twist = element("span", "hs-bars-twist", { "aria-hidden": "true" });
    const label = element("span", row.kind === "source" ? "hs-bars-name hs-bars-mono" : "hs-bars-name");
    const count = element("span", "hs-quiet hs-bars-count");
    const value = element("span", "hs-bars-value");
    const bar = element("span", "hs-bars-bar hs-moving");
    const link = element("span", "hs-bars-link hs-moving");
    const track2 = element("span", "hs-bars-track", {}, link, bar);
    const head = element("span", "hs-bars-label", {}, twist, label, count);
    const root2 = element("div", `hs-bars-row hs-bars-${row.kind}`, { "data-id": row.id }, head, value, track2);
    if (row.kind === "empty") root2.setAttribute("aria-hidden", "true");
    else root2.setAttribute("role", "treeitem");
    return { root: root2, twist, label, count, value, track: track2, bar, link, marks: [] };
  }
  function fill2(parts, row, next, largest, below) {
    const { root: root2 } = parts;
    const number = words.number(row, next.position);
    const size = Math.abs(row.value ?? 0);
    const text = row.kind === "source" ? visible(tokens[row.key]) : words.label(row);
    const level = String(row.depth + 1);
    if (root2.getAttribute("aria-level") !== level) {
      root2.setAttribute("aria-level", level);
      root2.style.setProperty("--hs-depth", String(row.depth));
    }
    root2.setAttribute("aria-label", words.sentence(row, next.position));
    if (row.expanded !== null) root2.setAttribute("aria-expanded", String(row.expanded));
    root2.classList.toggle("hs-bars-large", !FOLDED.has(row.kind) && size >= 0.5 * largest && size > 0);
    root2.classList.toggle("hs-bars-small", row.kind !== "sum" && size < 0.05 * largest && row.value !== null);
    root2.classList.toggle("hs-current", matches(row, next.current));
    root2.classList.toggle("hs-pinned", matches(row, next.pinned));
    root2.setAttribute("aria-selected", String(matches(row, next.pinned)));
    write(parts.twist, row.expanded === null ? "" : row.expanded ? "▾" : "▸");
    if (row.kind === "note") write(parts.label, words.sentence(row, next.position));
    else write(parts.label, row.kind === "rest" && used(row) === 0 ? "" : text);
    write(parts.count, row.kind === "heads" ? `×${row.parts.length}` : row.kind === "source" ? String(row.key) : "");
    write(parts.value, number);
    if (row.value === null) root2.removeAttribute("data-value");
    else root2.setAttribute("data-value", number);
    const { bar, link } = parts;
    bar.hidden = !row.value;
    bar.style.left = `${percent(Math.min(row.from, row.to))}%`;
    bar.style.width = `${percent(Math.max(row.from, row.to)) - percent(Math.min(row.from, row.to))}%`;
    bar.style.backgroundColor = row.kind === "sum" ? "" : color2(row);
    link.hidden = !next.cumulative || below === void 0 || below.kind === "empty" || row.kind === "empty";
    link.style.left = `${percent(row.to)}%`;
    if (below && Math.abs((below.kind === "sum" ? below.to : below.from) - row.to) > 1e-9) link.hidden = true;
    mark(parts, row, next);
  }
  function mark(parts, row, { cumulative, current }) {
    const heads = row.kind === "heads" && !row.expanded && !cumulative ? row.parts : [];
    while (parts.marks.length < heads.length) {
      const dot = element("span", "hs-bars-mark hs-moving");
      parts.marks.push(dot);
      parts.track.append(dot);
    }
    parts.marks.forEach((dot, index) => {
      const head = heads[index];
      dot.hidden = head === void 0;
      if (head) dot.style.left = `${percent(head.value ?? 0)}%`;
      dot.classList.toggle("hs-current", head?.layer === current.layer && head?.component?.head === current.head);
    });
  }
  function color2(row) {
    const open = row.expanded === true && row.parts.length > 0;
    if (!signed2) return colors.css(open ? 0.3 : 0.72);
    const strength = open ? 0.16 : 0.36;
    return colors.css((row.value ?? 0) < 0 ? 0.5 - strength : 0.5 + strength);
  }
  function reachable() {
    const focusable = rows.filter(({ kind }) => kind !== "empty");
    const inside = list.contains(document.activeElement);
    const wanted = focusable.find(({ id }) => made.get(id)?.root === document.activeElement) ?? (inside ? void 0 : focusable.find(({ id }) => made.get(id)?.root.classList.contains("hs-pinned"))) ?? focusable[0];
    for (const row of focusable) made.get(row.id).root.tabIndex = row === wanted ? 0 : -1;
  }
  const rowOf = (event) => {
    const id = event.target.closest(".hs-bars-row")?.dataset.id;
    return rows.find((row) => row.id === id && row.kind !== "empty") ?? null;
  };
  let pointed = null;
  list.addEventListener("pointerover", (event) => {
    const row = rowOf(event);
    if (row && row.id !== pointed) act.point(row);
    pointed = row?.id ?? null;
  });
  list.addEventListener("pointerleave", () => {
    pointed = null;
    act.point(null);
  });
  list.addEventListener("click", (event) => {
    const row = rowOf(event);
    if (row) act.open(row);
  });
  list.addEventListener("focusout", (event) => {
    if (!list.contains(event.relatedTarget)) act.point(null);
  });
  list.addEventListener("keydown", (event) => {
    const row = rowOf(event);
    if (!row) return;
    const reach = rows.filter(({ kind }) => kind !== "empty");
    const index = reach.indexOf(row);
    const parent = reach.slice(0, index).reverse().find(({ depth }) => depth < row.depth);
    const go = (to) => {
      if (!to) return;
      made.get(to.id)?.root.focus();
      act.point(to);
    };
    if (event.key === "ArrowDown") go(reach[index + 1]);
    else if (event.key === "ArrowUp") go(reach[index - 1]);
    else if (event.key === "Home") go(reach[0]);
    else if (event.key === "End") go(reach.at(-1));
    else if (event.key === "ArrowRight") row.expanded === false ? act.open(row) : row.expanded && go(reach[index + 1]);
    else if (event.key === "ArrowLeft") row.expanded ? act.open(row) : go(parent);
    else if (event.key === "Enter" || event.key === " ") act.open(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { root, update };
}
function write(element2, text) {
  if (element2.textContent !== text) element2.textContent = text;
}
function matches(row, { layer, head, key }) {
  const { kind, component } = row;
  if (row.layer === null || row.layer !== layer) return false;
  if (kind === "source") return component?.head === head && row.key === key;
  if (kind === "heads")
    return head === null || !row.expanded && row.parts.some((part) => part.component?.head === head);
  if (kind !== "component") return false;
  return component?.kind === "head" ? component.head === head : head === null;
}

// headstream/views/residual_bars/index.ts
var DATA = ["values", "total", "total_name", "sources", "sources_note", "components", "quantity", "additive"];
var OPTIONS = ["grouped", "order", "cumulative", "opened", "show_all"];
function create(frame) {
  const { model, selection } = frame;
  let tokens = [];
  let data;
  let words;
  let strip;
  let list;
  let pointed = null;
  const cumulative = toggle(model, "cumulative", "Cumulative");
  const grouped = toggle(model, "grouped", "Heads by layer");
  frame.controls.append(
    choice(model, "order", "Order", { stream: "stream", size: "size" }),
    element("span", "hs-choice", {}, grouped, cumulative)
  );
  const check = element("div", "hs-bars-check");
  for (const trait of OPTIONS) {
    model.on(`change:${trait}`, () => {
      if (data) select(selection.current(), selection.pinned());
    });
  }
  const options = ({ layer, head }) => ({
    grouped: model.get("grouped"),
    order: model.get("order"),
    cumulative: model.get("cumulative") && model.get("additive"),
    opened: model.get("opened"),
    showAll: model.get("show_all"),
    head: layer !== null && head !== null ? { layer, head } : null
  });
  const shown = (current) => current.position ?? Math.min(model.get("default_position"), tokens.length - 1);
  function draw() {
    tokens = model.get("tokens");
    const components = model.get("components");
    data = new Contributions(
      model.get("values"),
      model.get("total"),
      model.get("sources"),
      components,
      model.get("additive"),
      model.get("sources_note")
    );
    words = new Words(data, tokens, model.get("quantity"));
    const sizeOf = (values) => Math.max(-1, ...values.map((value) => value ?? -1)) + 1;
    selection.sizes = {
      layer: sizeOf(data.components.map(({ layer }) => layer)),
      head: sizeOf(data.components.map(({ head }) => head)),
      position: tokens.length,
      key: tokens.length
    };
    cumulative.hidden = !data.additive;
    grouped.hidden = !data.canGroup;
    strip = tokenStrip(tokens, selection, "The text: choose the position at which the bars are read");
    list = barList(frame, words, tokens, widths(data), data.signed, { point, open });
    frame.picture.replaceChildren(...tokens.length > 1 ? [strip.root] : [], list.root, check);
    frame.title(
      data.additive ? `What each component adds to the ${words.quantity}` : `${capital(words.quantity)}, by component`
    );
  }
  function widths({ components, canGroup, hasSources }) {
    const em = frame.fontSize;
    const longest = Math.max(
      ...components.map(({ label: label2 }) => [...label2].length),
      canGroup ? 11 : 0,
      hasSources ? 12 : 0
    );
    const label = Math.min((Math.min(longest, 24) * 0.58 + 2) * em, 0.4 * frame.width);
    return { label: Math.round(label), value: Math.round((words.width * 0.62 + 0.6) * em) };
  }
  function select(current, pinned) {
    if (!data) return;
    const now = options(pinned);
    const position = shown(current);
    const rows = data.rows(now, position);
    const home = shown(pinned) === position ? rows : data.rows(now, shown(pinned));
    const extent = extentOf(rows.concat(home));
    const moving = !selection.previewing;
    list.update({ rows, position, extent, current, pinned, cumulative: now.cumulative, moving });
    strip.mark(position);
    const marked = !now.cumulative && rows.some(({ kind, expanded }) => kind === "heads" && !expanded);
    paintSources(data, now, position, current.key, marked);
    compare(data, position);
    frame.say(sentence(data, rows, position, current));
  }
  function point(row) {
    pointed = row?.id ?? null;
    if (!row) selection.preview(null);
    else if (row.kind === "source") {
      const { layer, key } = row;
      selection.preview({ layer, head: row.component?.head ?? null, position: shown(selection.pinned()), key });
    } else if (row.layer !== null) selection.preview({ layer: row.layer, head: row.component?.head ?? null });
    else selection.preview({});
  }
  function open(row) {
    const { kind, layer } = row;
    const head = row.component?.head ?? null;
    const pinned = selection.pinned();
    if (kind === "smaller" || kind === "rest") commit2("show_all", !row.expanded);
    else if (kind === "heads") {
      const others = model.get("opened").filter((other) => other !== layer);
      commit2("opened", row.expanded ? others : [...others, layer]);
      selection.pin({ layer, head: null, key: null });
    } else if (kind === "source") selection.pin({ layer, head, position: shown(pinned), key: row.key });
    else if (kind === "component" && layer !== null && (pinned.layer !== layer || pinned.head !== head)) {
      selection.pin({ layer, head, key: null });
    } else selection.pin({ layer: null, head: null, key: null });
  }
  function commit2(trait, value) {
    model.set(trait, value);
    model.save_changes();
  }
  function paintSources(from, { head }, position, key, marked) {
    const index = head && from.hasSources ? from.indexOf(head.layer, head.head) : -1;
    const values = tokens.map((_, other) => index < 0 ? 0 : from.source(index, position, other));
    const largest = Math.max(...values.map(Math.abs)) || 1;
    const colors = ramp(frame.theme, from.signed ? "diverging" : "sequential");
    const at = (value) => from.signed ? 0.5 + 0.5 * value / largest : value / largest;
    strip.spans.forEach((span, other) => {
      const colored = index >= 0 && other <= position;
      span.style.backgroundColor = colored ? colors.css(at(values[other])) : "";
      span.style.color = colored ? colors.ink(at(values[other])) : "";
      span.style.textDecoration = index >= 0 && key === other ? "underline" : "";
    });
    explain(from, index < 0 ? null : head, largest, marked);
  }
  function explain(from, head, largest, marked) {
    const parts = [];
    if (head && tokens.length > 1) {
      const label = (at, value) => ({ at, label: value ? words.source(value, largest) : "0" });
      const ticks2 = from.signed ? [label(0, -largest), label(0.5, 0), label(1, largest)] : [label(0, 0), label(1, largest)];
      const scale = from.signed ? "diverging" : "sequential";
      parts.push(scaleLegend(frame.theme, scale, `${head.layer}.${head.head}, from each token `, ticks2));
    }
    if (marked) {
      const mark = element("span", "hs-bars-mark-sample", { "aria-hidden": "true" });
      parts.push(element("span", "hs-quiet", {}, mark, "one head of a layer"));
    }
    frame.legend.replaceChildren(...parts);
  }
  function compare(from, position) {
    const total = from.total(position);
    const sum = from.sum(position);
    const pairs = [];
    if (from.additive) pairs.push(["sum of the bars", "sum", words.whole(sum)]);
    if (total !== null) pairs.push([model.get("total_name"), "total", words.whole(total)]);
    if (from.additive && total !== null)
      pairs.push(["difference", "difference", words.difference(Math.abs(sum - total))]);
    const size = Math.max(Math.abs(total ?? 0), from.largest());
    const differ = from.additive && total !== null && Math.abs(sum - total) > 1e-3 * size;
    check.classList.toggle("hs-bars-off", differ);
    check.replaceChildren(
      ...pairs.map(
        ([name, id, number]) => element(
          "span",
          "",
          {},
          element("span", "hs-quiet", {}, `${name} `),
          element("b", "", { [`data-${id}`]: number }, number)
        )
      ),
      ...differ ? [element("span", "hs-bars-differ", {}, "≠ they differ")] : []
    );
  }
  function sentence(from, rows, position, { layer, head, key }) {
    const row = rows.find(({ id }) => id === pointed) ?? (layer !== null && head !== null ? from.rowOf(layer, head, key, position) : null);
    return row ? words.sentence(row, position) : words.overview(rows, position);
  }
  return { draw, select };
}
var residual_bars_default = defineView("residual_bars", DATA, create);
export {
  residual_bars_default as default
};
