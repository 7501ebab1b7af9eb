import { Button, Input } from 'antd';
import { useState } from 'react';

import { USER_ROLE_NAMES } from '../../../src/model/user.ts';
import { act } from '../api.ts';
import { useChange, useSession } from '../queries.ts';
import { Refused } from './Refused.tsx';

/** Who is logged in, or how to log in; where there is no account yet, how to make one. */
export function SignIn() {
  const session = useSession().data;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useChange(act.signIn);
  const signOut = useChange(act.signOut);
  if (session === undefined) return null;
  if (session.user !== null) {
    return (
      <p className="sign-in no-print">
        已登录：<strong>{session.user.name}</strong>（{USER_ROLE_NAMES[session.user.role]}）
        <Button size="small" onClick={() => signOut.mutate([])} loading={signOut.isPending}>
          退出
        </Button>
      </p>
    );
  }
  if (!session.hasAccounts) {
    return (
      <p className="note no-print">
        还没有账号，案件只能查看。请管理员在服务器上运行 <code>gongshi user add 姓名 --role supervisor</code> 建立账号。
      </p>
    );
  }
  return (
    <form
      className="sign-in no-print"
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate([name.trim(), password], { onSuccess: () => setPassword('') });
      }}
    >
      <label>
        账号 <Input value={name} onChange={(e) => setName(e.target.value)} autoComplete="username" maxLength={40} />
      </label>
      <label>
        密码{' '}
        <Input
          type="password"
          value={password}
          onChange={(e) => setPassword(e.target.value)}
          autoComplete="current-password"
          maxLength={200}
        />
      </label>
      <Button type="primary" htmlType="submit" loading={signIn.isPending} disabled={name === '' || password === ''}>
        登录后办理
      </Button>
      {signIn.error && <Refused error={signIn.error} />}
    </form>
  );
}
