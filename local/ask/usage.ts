import { DOOR_NAMES } from "../../contract/wire/doors";

export const USAGE = `Usage: npm run ask -- <door> "prompt" [options]
       npm run ask -- <door> --interactive [options]

  <door>         ${DOOR_NAMES.join(", ")}
  --interactive  ask several questions in one session; an empty line or Ctrl-D ends it
  --session ID   keep a conversation: the id that an earlier answer printed
  --agent NAME   one of the stack's \`agents\`
  --raw          print everything that the door sends, not only the agent's text
  --json         print one line of JSON: the text, session, request id and usage, or the error
  --stats        print the time to the first byte, the gaps and the total
  --text PATH    for a deployed door of a stack with \`answer.text\`: the same path
  --stack NAME   of several front doors that \`npm start\` runs on this machine, the newest of this stack (default: the newest of all)
  --pid N        of several, the one in this process
  --as CALLER    signs as a caller of \`npm start -- --caller\`: the end of its ARN or of its identity
  --url URL      a deployed door, instead of one on this machine
  --api-key KEY  for a deployed REST door that wants a key, alone or beside a token or a signature
  --region R     for a deployed door with IAM: signs with the AWS CLI's credentials (environment, profile, SSO, role)
  --profile P    for --region: a profile of the AWS CLI (default: AWS_PROFILE)
  --edge         for a deployed streamingUrl behind CloudFront (the stack's edgeUrl)
  --help         print this

A bearer token in FRONT_DOOR_TOKEN opens a door with apiAuth cognito, jwt or custom. At a door with a signature, or one on this machine
with a key, it goes along in X-Auth-Token, for a stack with runtimeAuth: oauth.

Ctrl-C stops the session. Exit codes: 0 answered, 1 the question failed, 2 wrong arguments, 130 stopped with Ctrl-C.`;

/** Wrong arguments. The message names the remedy. */
export class UsageError extends Error {}
