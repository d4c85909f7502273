// Read one safetensors message: 8 bytes of header length, a JSON header, the numbers.

const ARRAYS = { U8: Uint8Array, F32: Float32Array };

/** Return {tensors: {name: {shape, data}}, meta: {key: string}} from an ArrayBuffer. */
export function decode(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const start = 8 + length;
  const tensors = {};
  const { __metadata__: meta, ...entries } = header;
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(entries)) {
    const [from, to] = data_offsets;
    const bytes = buffer.slice(start + from, start + to); // a copy: Float32Array wants alignment
    tensors[name] = { shape, data: new ARRAYS[dtype](bytes) };
  }
  return { tensors, meta };
}
