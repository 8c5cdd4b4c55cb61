// A lead server as a developer in a hurry would write it with NestJS and TypeORM: it validates, looks for the person,
// and stores the lead and the touch in one transaction; it lists twenty leads, with filters. Written in plain
// JavaScript, so decorators are called as functions.
import 'reflect-metadata';
import { Body, Controller, Get, Module, Post, Query, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsEmail, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { DataSource, EntitySchema } from 'typeorm';

const { connection } = JSON.parse(process.argv[2]);
const texts = `
  name salutation first_name middle_name last_name email phone other_phone company_name job_title website
  gender language industry address city state postal_code country description purpose subtype source status
  owner department type category lost_reason importance utm_source utm_medium utm_campaign utm_content
  next_step next_step_kind
`
  .trim()
  .split(/\s+/);
const optionalText = { type: 'text', nullable: true };

const Lead = new EntitySchema({
  name: 'Lead',
  tableName: 'leads',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    number: { type: 'int', generated: 'increment' },
    ...Object.fromEntries(texts.map((name) => [name, optionalText])),
    custom: { type: 'jsonb', default: {} },
    touch_count: { type: 'int', default: 1 },
    next_step_at: { type: 'timestamptz', nullable: true },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
  },
  relations: { touches: { type: 'one-to-many', target: 'Touch', inverseSide: 'lead' } },
  indices: [['phone'], ['email'], ['status', 'created_at'], ['source', 'created_at'], ['created_at']].map(
    (columns) => ({ columns }),
  ),
});
const Touch = new EntitySchema({
  name: 'Touch',
  tableName: 'touches',
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    fields: { type: 'jsonb' },
    at: { type: 'timestamptz', createDate: true },
  },
  relations: { lead: { type: 'many-to-one', target: 'Lead', inverseSide: 'touches', joinColumn: { name: 'lead_id' } } },
  indices: [{ columns: ['lead'] }],
});

const { host, port, user: username, password, database } = connection;
const database_ = new DataSource({
  type: 'postgres',
  host,
  port,
  username,
  password,
  database,
  poolSize: 10,
  synchronize: true,
  entities: [Lead, Touch],
});

class CreateLead {}
for (const name of ['name', 'city', 'source'])
  for (const rule of [IsOptional(), IsString(), MaxLength(200)]) rule(CreateLead.prototype, name);
for (const rule of [IsOptional(), IsEmail()]) rule(CreateLead.prototype, 'email');
for (const rule of [IsOptional(), Matches(/^\+\d{7,15}$/)]) rule(CreateLead.prototype, 'phone');

class ListLeads {}
for (const name of ['status', 'source']) for (const rule of [IsOptional(), IsString()]) rule(ListLeads.prototype, name);
for (const rule of [IsOptional(), IsIn(['newest', 'oldest'])]) rule(ListLeads.prototype, 'sort');

class LeadsController {
  /** Keeps one lead per person: a second request about a known person only adds a touch. */
  create(body) {
    return database_.transaction(async (manager) => {
      const same = [body.phone && { phone: body.phone }, body.email && { email: body.email }].filter(Boolean);
      const known = same.length > 0 ? await manager.findOne(Lead, { where: same }) : null;
      const lead = known ?? (await manager.save(Lead, { ...body, status: 'New' }));
      if (known) await manager.increment(Lead, { id: known.id }, 'touch_count', 1);
      await manager.save(Touch, { lead: { id: lead.id }, fields: body });
      return lead;
    });
  }

  async list({ status, source, sort }) {
    const where = { ...(status && { status }), ...(source && { source }) };
    const order = { created_at: sort === 'oldest' ? 'ASC' : 'DESC' };
    return { data: await database_.getRepository(Lead).find({ where, order, take: 20 }) };
  }
}
const pipe = (expectedType) => new ValidationPipe({ expectedType, whitelist: true });
decorate('create', Post(), Body(pipe(CreateLead)));
decorate('list', Get(), Query(pipe(ListLeads)));
Controller('leads')(LeadsController);

function decorate(name, method, parameter) {
  parameter(LeadsController.prototype, name, 0);
  method(LeadsController.prototype, name, Object.getOwnPropertyDescriptor(LeadsController.prototype, name));
}

class AppModule {}
Module({ controllers: [LeadsController] })(AppModule);

await database_.initialize();
const app = await NestFactory.create(AppModule, { logger: ['error'] });
await app.listen(0, '127.0.0.1');
process.send({ port: app.getHttpServer().address().port });
