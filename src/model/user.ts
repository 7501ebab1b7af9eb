/** supervisor: decides cases · operator: keeps the program running, may comment and attach · viewer: reads */
export const USER_ROLES = ['supervisor', 'operator', 'viewer'] as const;
export type UserRole = (typeof USER_ROLES)[number];

export const USER_ROLE_NAMES: Record<UserRole, string> = { supervisor: '监管人员', operator: '管理员', viewer: '查阅' };

/** An account. The password is kept as what scrypt made of it. */
export interface User {
  /** What is typed at log-in, and what events carry as their actor. */
  name: string;
  role: UserRole;
  password: { salt: string; hash: string };
  /** Sessions of an earlier generation are over: it grows with each log-out and each new password. */
  generation: number;
  createdAt: number;
  /** Set: may no longer log in; the name stays taken, because events carry it. */
  disabledAt: number | null;
}
