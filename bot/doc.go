// Package bot holds the channels: bytes from a terminal (and later from Telegram) flow in,
// become requests to the conversation, and its messages flow out in the channel's form.
package bot
