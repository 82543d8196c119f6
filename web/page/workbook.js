// Tables as an Excel workbook: a sheet a table, headings bold and kept in sight, numbers as numbers, words as words, so that none is taken for
// a formula. The parts are stored in a ZIP as they are.

const CRC = Uint32Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
const crc = (bytes) => { let c = 0xffffffff; for (const byte of bytes) c = CRC[(c ^ byte) & 255] ^ (c >>> 8); return (c ^ 0xffffffff) >>> 0; };

/** Files by name as a ZIP without packing. */
function zip(files) {
  const encoder = new TextEncoder();
  const parts = [];
  const entries = [];
  let at = 0;
  for (const [name, text] of files) {
    const [path, bytes] = [encoder.encode(name), encoder.encode(text)];
    // Version, names in UTF-8, stored, 1 January 1980.
    const fields = [20, 0x0800, 0, 0, 0x21];
    const common = new DataView(new ArrayBuffer(26));
    fields.forEach((value, n) => common.setUint16(2 * n, value, true));
    [crc(bytes), bytes.length, bytes.length].forEach((value, n) => common.setUint32(10 + 4 * n, value, true));
    common.setUint16(22, path.length, true);
    const local = new Uint8Array([0x50, 0x4b, 3, 4, ...new Uint8Array(common.buffer)]);
    parts.push(local, path, bytes);
    const rest = new DataView(new ArrayBuffer(14));
    rest.setUint32(10, at, true);
    entries.push(new Uint8Array([0x50, 0x4b, 1, 2, 20, 0, ...new Uint8Array(common.buffer), ...new Uint8Array(rest.buffer)]), path);
    at += local.length + path.length + bytes.length;
  }
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(12, entries.reduce((sum, part) => sum + part.length, 0), true);
  end.setUint32(16, at, true);
  return new Blob([...parts, ...entries, new Uint8Array(end.buffer)]);
}

/** A text as XML holds it: what XML has no letter for is left out. */
const xml = (text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);

function workbook(sheets) {
  const space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages = "http://schemas.openxmlformats.org/package/2006";
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const words = (text, style) => `<c t="inlineStr"${style ? ` s="${style}"` : ""}><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
  const cell = (value) => (value === null ? "<c/>" : typeof value === "number" ? `<c><v>${value}</v></c>` : words(value));
  const sheet = ({ head: titles, rows }) => `${head}<worksheet xmlns="${space}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${titles.length}" width="20" customWidth="1"/></cols><sheetData><row>${titles.map((title) => words(title, 1)).join("")}</row>${rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("")}</sheetData></worksheet>`;
  const path = (n) => `worksheets/sheet${n + 1}.xml`;
  const type = (name, kind) => `<Override PartName="/xl/${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  const font = (inner) => `<font>${inner}<sz val="11"/><name val="Calibri"/></font>`;
  return zip([
    ["[Content_Types].xml", `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type("workbook.xml", "sheet.main")}${type("styles.xml", "styles")}${sheets.map((_, n) => type(path(n), "worksheet")).join("")}</Types>`],
    ["_rels/.rels", `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", `${head}<workbook xmlns="${space}" xmlns:r="${relations}"><sheets>${sheets.map(({ name }, n) => `<sheet name="${xml(name).slice(0, 31)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join("")}</sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `${head}<Relationships xmlns="${packages}/relationships">${sheets.map((_, n) => `<Relationship Id="rId${n + 1}" Type="${relations}/worksheet" Target="${path(n)}"/>`).join("")}<Relationship Id="rId${sheets.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`],
    ["xl/styles.xml", `${head}<styleSheet xmlns="${space}"><fonts count="2">${font("")}${font("<b/>")}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf fontId="1" xfId="0" applyFont="1"/></cellXfs></styleSheet>`],
    ...sheets.map((one, n) => [`xl/${path(n)}`, sheet(one)]),
  ]);
}
