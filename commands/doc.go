// Package commands is the conversation: a Request from any channel flows in, the messages
// to send back flow out. One list of commands gives the menu, the help and the dispatch;
// whatever is no command is a question. Nothing here knows a channel or a database: what
// is stored comes through Store, what time it is comes with the Request.
//
// Tables that people fill in are read here too: rows in, filings or assignments out, with
// an error for every row that is wrong (ParseFilings, ParseAssignments).
package commands
