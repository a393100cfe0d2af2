// Two bots of other libraries that answer every message with a button, and take its clock off.
// Usage: node node_clients.js grammy|telegraf API TOKEN
const [, , library, api, token] = process.argv;
if (library === 'grammy') {
  const { Bot, InlineKeyboard } = require('grammy');
  const bot = new Bot(token, { client: { apiRoot: api } });
  bot.on('message:text', (c) => c.reply('<b>' + c.message.text + '</b>', {
    parse_mode: 'HTML', reply_parameters: { message_id: c.message.message_id },
    reply_markup: new InlineKeyboard().text('按', 'press'),
  }));
  bot.on('callback_query:data', async (c) => { await c.answerCallbackQuery('好'); await c.editMessageText('改过'); });
  bot.api.setMyCommands([{ command: 'list', description: '目录' }]).then(() => bot.start());
} else {
  const { Telegraf, Markup } = require('telegraf');
  const bot = new Telegraf(token, { telegram: { apiRoot: api } });
  bot.on('message', (c) => c.replyWithHTML('<b>' + c.message.text + '</b>', Markup.inlineKeyboard([Markup.button.callback('按', 'press')])));
  bot.action('press', async (c) => { await c.answerCbQuery('好'); await c.editMessageText('改过'); });
  bot.launch();
}
process.stdin.on('end', () => process.exit(0)).resume();
