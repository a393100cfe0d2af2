// Package bot holds the channels, a terminal and Telegram: bytes flow in and become requests
// to the conversation; its messages, and those of the outbox, flow out in the channel's form.
package bot
