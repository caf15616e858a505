export { Answer, type Head } from "./answer";
export { connect, FrontDoor, type ConnectOptions } from "./connect";
export { Conversation, type AskOptions, type Prompt, type StopOptions } from "./conversation";
export type { Code } from "./errors/codes";
export { FrontDoorError } from "./errors/error";
export type { AnswerEvent } from "./read/events";
export type { Outgoing, Signer, TokenSource } from "./signer";
