import { createServer } from 'node:http'

/** A Bot API that answers at once, in a process of its own; `GET /count` says how many messages reached it. */
let count = 0
const server = createServer((request, response) => {
  if (request.method === 'GET') return response.end(String(count))
  request.resume()
  request.on('end', () => {
    count += 1
    const text = `{"ok":true,"result":{"message_id":${count},"date":0,"chat":{"id":1,"type":"private"},"text":""}}`
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length })
    response.end(text)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })))
