#pragma once

#include <QByteArray>

namespace tidemark::test {

// A snapshot list as a real server sends it: 510 bytes for each, three files, verified, unsorted.
[[nodiscard]] inline QByteArray manySnapshots(int count)
{
    QByteArray out = "{\"data\":[";
    out.reserve(count * 560 + 20);
    for (int i = 0; i < count; ++i) {
        const int mixed = static_cast<int>((static_cast<qint64>(i) * 7919) % count);
        const QByteArray id = "proj-pg" + QByteArray::number(mixed % 40);
        out += (i ? ",{" : "{");
        out += R"("backup-type":"host","backup-id":")" + id + R"(","backup-time":)"
            + QByteArray::number(1'700'000'000 + mixed * 60)
            + R"(,"verification":{"upid":"UPID:vm:00000648:00043B16:0000018E:6B003257:verify:pbs01:console@pbs!console:",)"
              R"("state":"ok"},"files":[{"filename":"root.pxar.didx","crypt-mode":"none","size":)"
            + QByteArray::number(745'603 + mixed)
            + R"(},{"filename":"etc.pxar.didx","crypt-mode":"none","size":1068},)"
              R"({"filename":"catalog.pcat1.didx","crypt-mode":"none","size":684},)"
              R"({"filename":"index.json.blob","crypt-mode":"none","size":516}],"size":)"
            + QByteArray::number(747'871 + mixed) + R"(,"owner":"pgbackup@pbs!proj-pg01","protected":false})";
    }
    return out + "]}";
}

} // namespace tidemark::test
