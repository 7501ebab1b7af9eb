import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** Head of the OpenAPI document. */
export const OPENAPI_INFO: FastifyDynamicSwaggerOptions['openapi'] = {
  openapi: '3.1.0',
  info: {
    title: '公示 gongshi',
    version: '1',
    description:
      '公共资源交易公告、项目、公示期核查与告警的只读接口。日期为 YYYY-MM-DD，时刻为 YYYY-MM-DDTHH:mm（北京时间），金额单位为元，系统观测时间为毫秒时间戳。标识符须经 URI 编码后放入路径。',
  },
};
