// The npm package telegram-test-api as the server: says its address, then each line of stdin
// to the bot, and writes the bot's answers.
// Usage: node node_server.js TOKEN
const Server = require('telegram-test-api');
const token = process.argv[2];
(async () => {
  const server = new Server({ port: 0 || 20000 + (process.pid % 20000), host: '127.0.0.1', storage: 'RAM', storeTimeout: 60 });
  await server.start();
  console.log(server.config.apiURL);
  const client = server.getClient(token, { timeout: 20000, interval: 100 });
  const lines = require('readline').createInterface({ input: process.stdin });
  for await (const line of lines) {
    await client.sendMessage(client.makeMessage(line));
    const updates = await client.getUpdates();
    for (const u of updates.result) console.log(JSON.stringify(u.message.text));
  }
  process.exit(0);
})();
