import { keyWalk, type Walk } from "../walk";
import { BOTH } from "./bases";

const boundary = (name: string) => `arn:aws:iam::123456789012:policy/${name}`;

export const ROLES: readonly Walk[] = [
  keyWalk("permissionsBoundaryArn", BOTH, [boundary("first"), boundary("second")]),
  keyWalk("rolePath", BOTH, ["/agents/", "/agents/chat/"]),
];
