/** Names of the reporters, for `--help`: the room of the reports is loaded only when it is needed. */
export const reporterHelp = 'pretty, json, csv, html';
