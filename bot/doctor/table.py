"""All that the doctor looks at, in the order in which it is told: a row each, contributed by its topic."""

from bot.doctor.examination import Check

CONFIG, CONTENT, DATABASE, TOKEN = ("config",), ("config", "content"), ("config", "content", "database"), ("token",)

CHECKS = (
    Check("config", "配置文件", "bot.doctor.configuration:read"),
    Check("secrets", "公众号的密钥和令牌", "bot.doctor.configuration:secrets", CONFIG),
    Check("address", "公网地址", "bot.doctor.configuration:address", CONFIG),
    Check("proxy", "反向代理", "bot.doctor.configuration:proxy", CONFIG),
    Check("taps", "可以点的词", "bot.doctor.configuration:taps", CONFIG),
    Check("factor", "两步验证", "bot.doctor.configuration:factor", CONFIG),
    Check("duty", "值班呼叫", "bot.doctor.configuration:duty", CONFIG),
    Check("modes", "文件权限", "bot.doctor.configuration:modes", CONFIG),
    Check("disk", "磁盘空间", "bot.doctor.configuration:disk", CONFIG),
    Check("content", "content 里的文字和表", "bot.doctor.texts:content"),
    Check("unsure", "还没有核对的规定", "bot.doctor.texts:unsure", CONTENT),
    Check("calendar", "工作日历", "bot.doctor.texts:calendar", CONTENT),
    Check("key", "密钥文件", "bot.doctor.memory:key", CONFIG),
    Check("database", "数据库", "bot.doctor.memory:database", ("config", "content", "key")),
    Check("installation", "密钥、数据库和证据是一套", "bot.doctor.memory:belonging", DATABASE),
    Check("writable", "数据库写得进", "bot.doctor.memory:writable", ("installation",)),
    Check("whole", "数据库完好", "bot.doctor.memory:whole", DATABASE),
    Check("database_clock", "数据库的时间", "bot.doctor.clock:by_database", DATABASE),
    Check("audit", "留痕的链头", "bot.doctor.memory:audit_heads", ("installation",)),
    Check("worker", "后台任务", "bot.doctor.running:worker", ("installation",)),
    Check("inbox", "没有处理成的来信", "bot.doctor.running:messages", ("installation",)),
    Check("outbox", "送不到的通知", "bot.doctor.running:notices", ("installation",)),
    Check("people", "各角色的账号", "bot.doctor.running:people", ("installation",)),
    Check("platform", "微信接口连得上", "bot.doctor.platform:reached", CONTENT),
    Check("clock", "本机时间", "bot.doctor.clock:by_platform", ("platform",)),
    Check("token", "微信的 access_token", "bot.doctor.platform:token", ("platform", "secrets")),
    Check("allowed", "IP白名单", "bot.doctor.platform:allowed", ("platform", "secrets")),
    Check("callback", "微信来访的地址", "bot.doctor.platform:callback", TOKEN),
    Check("menu", "公众号菜单", "bot.doctor.platform:menu", TOKEN),
    Check("rights", "接口权限", "bot.doctor.platform:rights", TOKEN),
    Check("quotas", "接口调用次数", "bot.doctor.platform:quotas", TOKEN),
    Check("drafts", "草稿箱", "bot.doctor.platform:drafts", TOKEN),
)
