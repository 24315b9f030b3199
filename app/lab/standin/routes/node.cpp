#include "standin/routes/common.h"
#include "standin/routes/routes.h"

#include <QDateTime>
#include <QFile>
#include <QSslCertificate>
#include <QStorageInfo>
#include <QSysInfo>
#include <QThread>
#include <QTimeZone>

namespace tidemark::standin {

using namespace Qt::StringLiterals;

namespace {

Reply version(const CallPtr &)
{
    return ok(QJsonObject { { u"version"_s, u"3.2"_s }, { u"release"_s, u"4"_s },
        { u"repoid"_s, u"4940514b0f05d6cd6a5f711edfdd47c1fa41b537"_s } });
}

Reply nodeStatus(const CallPtr &call)
{
    constexpr qint64 Gib = 1024LL * 1024 * 1024;
    const auto use = [](qint64 total, qint64 used, const QString &rest) {
        return QJsonObject { { u"total"_s, total }, { u"used"_s, used }, { rest, total - used } };
    };
    const QString kernel = QSysInfo::kernelVersion();
    return ok(QJsonObject {
        { u"boot-info"_s, QJsonObject { { u"mode"_s, u"legacy-bios"_s }, { u"secureboot"_s, false } } },
        { u"cpu"_s, 0.0725 }, { u"wait"_s, 0.0025 },
        { u"cpuinfo"_s,
            QJsonObject { { u"cpus"_s, QThread::idealThreadCount() }, { u"model"_s, u"Stand-in CPU"_s },
                { u"sockets"_s, 1 } } },
        { u"current-kernel"_s,
            QJsonObject { { u"machine"_s, QSysInfo::currentCpuArchitecture() }, { u"release"_s, kernel },
                { u"sysname"_s, u"Linux"_s }, { u"version"_s, u"#1 SMP PREEMPT_DYNAMIC"_s } } },
        { u"kversion"_s, u"Linux %1 #1 SMP PREEMPT_DYNAMIC"_s.arg(kernel) },
        { u"info"_s, QJsonObject { { u"fingerprint"_s, call->site.fingerprint } } },
        { u"loadavg"_s, QJsonArray { 0.31, 0.28, 0.25 } }, { u"memory"_s, use(16 * Gib, 3 * Gib, u"free"_s) },
        { u"swap"_s, use(2 * Gib, 0, u"free"_s) }, { u"root"_s, use(64 * Gib, 9 * Gib, u"avail"_s) },
        { u"uptime"_s, call->now() - call->site.started + 60 } });
}

Reply nodeTime(const CallPtr &call)
{
    const QTimeZone zone(call->state().timeZone.toLatin1());
    const int offset = zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(call->now(), Qt::UTC));
    return ok(QJsonObject { { u"time"_s, call->now() }, { u"localtime"_s, call->now() + offset },
        { u"timezone"_s, call->state().timeZone } });
}

Reply subscription(const CallPtr &)
{
    return ok(
        QJsonObject { { u"status"_s, u"notfound"_s }, { u"message"_s, u"There is no subscription key"_s },
            { u"url"_s, u"https://www.proxmox.com/en/proxmox-backup-server/pricing"_s } });
}

QString subjectOf(const QSslCertificate &certificate)
{
    return u"O = %1, CN = %2"_s.arg(certificate.subjectInfo(QSslCertificate::Organization).value(0),
        certificate.subjectInfo(QSslCertificate::CommonName).value(0));
}

Reply certificates(const CallPtr &call)
{
    const QSslCertificate certificate(call->site.certificatePem);
    QJsonArray names;
    for (const QString &name : certificate.subjectAlternativeNames())
        names.append(name);
    return ok(QJsonArray {
        QJsonObject { { u"filename"_s, u"proxy.pem"_s }, { u"fingerprint"_s, call->site.fingerprint },
            { u"subject"_s, subjectOf(certificate) }, { u"issuer"_s, subjectOf(certificate) },
            { u"san"_s, names }, { u"notbefore"_s, certificate.effectiveDate().toSecsSinceEpoch() },
            { u"notafter"_s, certificate.expiryDate().toSecsSinceEpoch() },
            { u"public-key-type"_s, u"rsaEncryption"_s }, { u"public-key-bits"_s, 2048 },
            { u"pem"_s, QString::fromLatin1(call->site.certificatePem) } } });
}

Reply nodeRrd(const CallPtr &call)
{
    const qint64 first = call->now() - call->now() % 60 - 3600;
    QJsonArray list;
    for (int i = 0; i <= 60; ++i) {
        QJsonObject row { { u"time"_s, first + i * 60 } };
        if (first + i * 60 >= call->site.started - call->site.started % 60)
            for (const QString &name : { u"cpu"_s, u"iowait"_s, u"loadavg"_s, u"memtotal"_s, u"memused"_s,
                     u"swaptotal"_s, u"swapused"_s, u"netin"_s, u"netout"_s, u"total"_s, u"used"_s,
                     u"read_ios"_s, u"read_bytes"_s, u"write_ios"_s, u"write_bytes"_s, u"io_ticks"_s })
                row[name] = 0.125;
        list.append(row);
    }
    return ok(list);
}

Reply constant(const QJsonValue &value)
{
    return ok(value);
}

} // namespace

void addNodeRoutes(Routes &r)
{
    r.add(u"GET ping"_s, {}, [](const CallPtr &) { return ok(QJsonObject { { u"pong"_s, true } }); }).world();
    r.add(u"GET version"_s, {}, version);
    r.add(u"GET nodes"_s, {}, [](const CallPtr &call) {
         return ok(QJsonArray { QJsonObject { { u"node"_s, call->state().node } } });
     }).superuser();
    const QString n = u"nodes/{node:node}"_s;
    r.index(n,
        u"apt certificates config disks dns journal network report rrd services status subscription syslog "
        u"tasks termproxy time vncwebsocket"_s);
    r.add(u"GET "_s + n + u"/status"_s, {}, nodeStatus).needs(u"/system/status"_s, u"Sys.Audit"_s);
    r.add(u"GET "_s + n + u"/time"_s, {}, nodeTime);
    r.add(u"GET "_s + n + u"/subscription"_s, {}, subscription);
    r.add(u"GET "_s + n + u"/certificates/info"_s, {}, certificates)
        .needs(u"/system/certificates"_s, u"Sys.Modify"_s);
    r.add(u"GET "_s + n + u"/config"_s, {}, [](const CallPtr &) {
         return withDigest(QJsonObject(), digestOf({}));
     }).needs(u"/system"_s, u"Sys.Audit"_s);
    r.add(u"GET "_s + n + u"/dns"_s, {}, [](const CallPtr &) {
         return constant(QJsonObject { { u"dns1"_s, u"127.0.0.53"_s }, { u"digest"_s, digestOf({}) } });
     }).needs(u"/system/network/dns"_s, u"Sys.Audit"_s);
    r.add(u"GET "_s + n + u"/rrd"_s, u"timeframe*:{hour|day|week|month|year|decade} cf*:{MAX|AVERAGE}"_s,
         nodeRrd)
        .needs(u"/system/status"_s, u"Sys.Audit"_s);
    r.add(u"GET admin/traffic-control"_s, {}, [](const CallPtr &) {
         return withDigest(QJsonArray(), digestOf({}));
     }).needs(u"/"_s, u"Sys.Audit|Sys.Modify"_s);
}

} // namespace tidemark::standin
