/** The store does not answer: what a watchdog is told. */
export function unavailable(): { code: string; message: string; advice: string } {
  return {
    code: 'STORE_UNAVAILABLE',
    message: '数据库没有应答',
    advice: '请查看服务日志，检查数据库文件与磁盘空间。',
  };
}
