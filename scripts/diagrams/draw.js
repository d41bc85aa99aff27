// WaveJSON files to SVG files beside them. A white ground, so that a dark page can show them too.
'use strict';
const fs = require('fs');
const { renderAny, waveSkin, onml } = require('wavedrom');

// The skin brings a shape for every lane there could be; the picture keeps those it uses.
function withoutUnusedShapes(svg) {
  const used = new Set(onml.stringify(svg).match(/(?<=xlink:href="#)[^"]+/g));
  return svg.map((child) =>
    Array.isArray(child) && child[0] === 'defs'
      ? child.filter((shape) => !Array.isArray(shape) || shape[0] !== 'g' || used.has(shape[1].id))
      : child
  );
}

process.argv.slice(2).forEach((path, index) => {
  const svg = renderAny(index, JSON.parse(fs.readFileSync(path, 'utf8')), waveSkin);
  svg[1].style = 'background: white';
  fs.writeFileSync(path.replace(/\.json$/, '.svg'), onml.stringify(withoutUnusedShapes(svg)) + '\n');
});
