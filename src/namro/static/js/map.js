// The drawn map becomes a live one (zoom, move, words under the finger) only when someone asks: MapLibre is 1.6 MB.
// Boundaries come from our own server; there is no background map and no request outside.
"use strict";

(() => {
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const stylesheet = (href) =>
    new Promise((done, failed) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: failed });
      document.head.append(link);
    });

  const fetched = async (url) => {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(url);
    return answer.json();
  };

  const withSteps = (shapes, units) => {
    for (const shape of shapes.features) shape.properties.step = (units[shape.properties.code] || [0])[0];
    return shapes;
  };

  const box = (shapes) => {
    const points = shapes.features.flatMap((shape) => shape.geometry.coordinates.flat(2));
    const lons = points.map((point) => point[0]).sort((a, b) => a - b);
    const lats = points.map((point) => point[1]).sort((a, b) => a - b);
    // Half the points in a hundred lie in far islands: the first view leaves them to be found by moving out.
    const at = (list, share) => list[Math.min(list.length - 1, Math.floor(list.length * share))];
    return [[at(lons, 0), at(lats, 0)], [at(lons, 0.93), at(lats, 0.995)]];
  };

  // "No data" is hatched, as on the drawing: eight by eight dots, one diagonal.
  const hatch = () => {
    const size = 8;
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const pen = canvas.getContext("2d");
    pen.fillStyle = token("surface");
    pen.fillRect(0, 0, size, size);
    pen.strokeStyle = token("none");
    pen.lineWidth = 1.5;
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, size);
      pen.lineTo(shift + size, 0);
    }
    pen.stroke();
    return pen.getImageData(0, 0, size, size);
  };

  const ramp = () => ["match", ["get", "step"], ...[1, 2, 3, 4, 5, 6].flatMap((step) => [step, token(`ramp-${step}`)]), token("none")];

  const style = (shapes) => ({
    version: 8,
    sources: { units: { type: "geojson", data: shapes } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": token("surface") } },
      { id: "units", type: "fill", source: "units", filter: [">", ["get", "step"], 0], paint: { "fill-color": ramp() } },
      { id: "unknown", type: "fill", source: "units", filter: ["==", ["get", "step"], 0], paint: { "fill-pattern": "hatch" } },
      { id: "borders", type: "line", source: "units", paint: { "line-color": token("map-border"), "line-width": 1 } },
      {
        id: "pointed", type: "line", source: "units",
        paint: { "line-color": token("ink"), "line-width": ["case", ["boolean", ["feature-state", "pointed"], false], 2.5, 0] },
      },
    ],
  });

  const words = (unit, none) => {
    const [, name, value] = unit;
    const line = document.createElement("div");
    const head = document.createElement("b");
    head.textContent = name;
    line.append(head, document.createElement("br"), value || none);
    return line;
  };

  const pointing = (library, map, units, none) => {
    const popup = new library.Popup({ closeButton: false, closeOnClick: false });
    let pointed = null;
    const leave = () => {
      if (pointed !== null) map.setFeatureState({ source: "units", id: pointed }, { pointed: false });
      pointed = null;
      popup.remove();
      map.getCanvas().style.cursor = "";
    };
    const over = (event) => {
      const shape = event.features[0];
      const unit = units[shape.properties.code];
      if (!unit) return leave();
      if (pointed !== shape.id) leave();
      pointed = shape.id;
      map.setFeatureState({ source: "units", id: pointed }, { pointed: true });
      map.getCanvas().style.cursor = unit[3] ? "pointer" : "";
      popup.setLngLat(event.lngLat).setDOMContent(words(unit, none)).addTo(map);
    };
    const open = (event) => {
      const unit = units[event.features[0].properties.code];
      if (unit && unit[3]) location.href = unit[3];
    };
    for (const layer of ["units", "unknown"]) {
      map.on("mousemove", layer, over);
      map.on("mouseleave", layer, leave);
      map.on("click", layer, open);
    }
  };

  const show = async (figure, button) => {
    button.disabled = true;
    const { boundaries, units } = JSON.parse(document.getElementById(`map-${figure.dataset.map}`).textContent);
    const [library, shapes] = await Promise.all([import(button.dataset.maplibre), fetched(boundaries), stylesheet(button.dataset.css)]);
    library.setWorkerUrl(new URL(button.dataset.worker, location.href).href);
    withSteps(shapes, units);
    const place = figure.querySelector(".map-live");
    place.hidden = false;
    figure.querySelector(".map-drawing").hidden = true;
    button.hidden = true;
    const map = new library.Map({
      container: place, style: style(shapes), bounds: box(shapes), fitBoundsOptions: { padding: 16 }, attributionControl: false,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
    map.on("styleimagemissing", (event) => event.id === "hatch" && map.addImage("hatch", hatch()));
    map.on("load", () => pointing(library, map, units, button.dataset.none));
    const recolour = () => {
      if (map.hasImage("hatch")) map.removeImage("hatch");
      map.setStyle(style(shapes));
    };
    document.addEventListener("namro:theme", recolour);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  };

  const offer = (figure) => {
    const button = figure.querySelector("[data-map-live]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => show(figure, button).catch(() => (button.disabled = false)));
  };

  document.querySelectorAll("figure[data-map]").forEach(offer);
})();
