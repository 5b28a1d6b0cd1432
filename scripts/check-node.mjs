// Says clearly what to do before anything loads that an older Node cannot run.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    [
      `Node ${process.versions.node} quá cũ; cần 22.18 trở lên (Node ${process.versions.node} is too old; 22.18 or newer is needed).`,
      'Trên Linux: chạy "npm ci" (không kèm --omit=optional); dự án tự mang Node 24 của nó vào node_modules.',
      'Nơi khác: cài Node 24 từ trang của Node rồi chạy lại.',
    ].join('\n'),
  )
  process.exit(1)
}
