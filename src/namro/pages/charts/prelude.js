// What ECharts needs from a world without a browser: a clock that never rings, a ruler for text, and our way to draw.
"use strict";

var setTimeout = function () {
  return 0;
};
var clearTimeout = function () {};

// Widths of Be Vietnam Pro 400 in thousandths of an em, read from the font file. Marks take no room: a letter is
// measured without them.
var WIDTHS = {
  179: "'",
  202: "`",
  230: "  ",
  255: "l·",
  258: "I",
  264: "i",
  274: "j",
  280: "!",
  286: ".:",
  303: ",;",
  318: "\"",
  385: "1",
  386: "f",
  392: "r",
  408: "|",
  426: "{}",
  428: "t",
  439: "()",
  459: "[]",
  465: "J",
  468: "~",
  485: "\\",
  497: "*",
  502: "z",
  503: "/",
  508: "s",
  555: "k",
  556: "<>",
  559: "^x",
  566: "u",
  573: "?n",
  576: "vư",
  583: "hy",
  594: "7",
  599: "e",
  608: "+-",
  609: "ê",
  613: "c",
  620: "E",
  624: "L",
  633: "F",
  634: "8",
  635: "S",
  642: "aoơ",
  643: "g",
  644: "P",
  645: "$",
  650: "T",
  651: "2",
  652: "bdpqô",
  653: "ăâ",
  660: "35Z",
  662: "đ",
  665: "Y",
  668: "R",
  674: "B",
  676: "0",
  679: "K",
  680: "69",
  682: "–",
  702: "_",
  706: "V",
  709: "H",
  710: "4",
  720: "X",
  725: "U",
  726: "=…",
  728: "D",
  732: "N",
  736: "A",
  740: "&",
  745: "Ư",
  775: "C",
  783: "G",
  788: "Đ",
  807: "#",
  822: "Q",
  826: "OƠ",
  849: "%",
  853: "M",
  868: "—",
  870: "w",
  893: "m",
  1005: "@W",
};
var BOLD = 1.029;
var OTHER = 560;

var widthOf = (function () {
  var table = {};
  Object.keys(WIDTHS).forEach(function (width) {
    Array.from(WIDTHS[width]).forEach(function (letter) {
      table[letter] = Number(width);
    });
  });
  return table;
})();

// font is a CSS shorthand such as "600 12px Be Vietnam Pro".
function measureText(text, font) {
  var size = parseFloat((/([\d.]+)px/.exec(font) || [0, 12])[1]);
  var weight = /(^| )(bold|[6-9]00)( |$)/.test(font) ? BOLD : 1;
  var letters = Array.from((text || "").normalize("NFC"));
  var thousandths = letters.reduce(function (sum, letter) {
    var plain = letter in widthOf ? letter : letter.normalize("NFD").charAt(0);
    return sum + (widthOf[plain] || OTHER);
  }, 0);
  return { width: (thousandths * size * weight) / 1000 };
}

// Called once ECharts is loaded: one option (JSON), one SVG.
function draw(option, width, height) {
  echarts.setPlatformAPI({ measureText: measureText });
  var chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: width, height: height });
  try {
    chart.setOption(JSON.parse(option));
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
