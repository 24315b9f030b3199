#pragma once

#include "support/byteplace.h"
#include "wal/crc32c.h"

#include <QCryptographicHash>

#include <map>

namespace tidemark::test {

// A base backup made of nothing, as pg_basebackup would leave it.
struct MadeBackup {
    std::map<QByteArray, QByteArray> files;
    quint64 systemId = 42;
    QByteArray start = "0/2000028";
    QByteArray end = "0/2000100";
    QByteArray from; // of an incremental one
    int version = 1; // of the manifest
    bool manifest = true;
    bool sums = true; // in the manifest

    explicit MadeBackup(
        quint64 system = 42, const QByteArray &startLsn = "0/2000028", const QByteArray &fromLsn = {})
        : systemId(system)
        , start(startLsn)
        , from(fromLsn)
    {
        files["PG_VERSION"] = "15\n";
        files["base/5/PG_VERSION"] = "15\n";
        files["base/5/1259"] = QByteArray(16384, 'p');
        files["base/5/2619"] = QByteArray(8192, 's');
        files["global/pg_filenode.map"] = QByteArray(512, 'm');
        files["postgresql.auto.conf"] = "# Do not edit\n";
        QByteArray control(8192, '\0');
        memcpy(control.data(), &systemId, 8);
        const quint32 versions[] { 1300, 202209061 };
        memcpy(control.data() + 8, versions, 8);
        files["global/pg_control"] = control;
        files["backup_label"] = "START WAL LOCATION: " + start + " (file 000000010000000000000002)\n"
            + "CHECKPOINT LOCATION: " + start + "\nBACKUP METHOD: streamed\nBACKUP FROM: primary\n"
            + "START TIME: 2026-11-20 02:30:00 UTC\nLABEL: nightly\nSTART TIMELINE: 1\n"
            + (from.isEmpty() ? "" : "INCREMENTAL FROM LSN: " + from + "\nINCREMENTAL FROM TLI: 1\n");
    }

    static QByteArray crcOf(const QByteArray &bytes)
    {
        Crc32c crc;
        crc.add(bytes.constData(), size_t(bytes.size()));
        const quint32 value = crc.value();
        return QByteArray(reinterpret_cast<const char *>(&value), 4).toHex();
    }
    [[nodiscard]] QByteArray manifestText() const
    {
        QByteArray text = "{ \"PostgreSQL-Backup-Manifest-Version\": " + QByteArray::number(version) + ",\n";
        if (version == 2)
            text += "\"System-Identifier\": " + QByteArray::number(systemId) + ",\n";
        text += "\"Files\": [\n";
        qsizetype left = qsizetype(files.size());
        for (const auto &[path, content] : files) {
            text += path.isValidUtf8() ? "{ \"Path\": \"" + path : "{ \"Encoded-Path\": \"" + path.toHex();
            text += "\", \"Size\": " + QByteArray::number(content.size())
                + ", \"Last-Modified\": \"2026-11-20 02:30:00 GMT\""
                + (sums ? ", \"Checksum-Algorithm\": \"CRC32C\", \"Checksum\": \"" + crcOf(content) + '"'
                        : "")
                + " }" + (--left > 0 ? ",\n" : "\n");
        }
        text += "],\n\"WAL-Ranges\": [\n{ \"Timeline\": 1, \"Start-LSN\": \"" + start + "\", \"End-LSN\": \""
            + end + "\" }\n],\n";
        return text + "\"Manifest-Checksum\": \""
            + QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex() + "\"}\n";
    }
    // At the beginning of a day of 2026-11-20 02:31.
    void write(const BytePlace &place, const QByteArray &name, qint64 second = 1'763'605'860) const
    {
        for (const auto &[path, content] : files)
            place.file(name + '/' + path, content, second);
        if (manifest)
            place.file(name + "/backup_manifest", manifestText(), second);
    }
    static QByteArray tarEntry(const QByteArray &path, const QByteArray &content, char type = '0')
    {
        QByteArray header(512, '\0');
        const auto put = [&](qsizetype at, const QByteArray &text) { header.replace(at, text.size(), text); };
        put(0, path);
        put(100, "0000600");
        put(124, QByteArray::number(content.size(), 8).rightJustified(11, '0'));
        header[156] = type;
        put(257, QByteArray("ustar\00000", 8));
        put(148, QByteArray(8, ' '));
        int sum = 0;
        for (const char c : header)
            sum += static_cast<unsigned char>(c);
        put(148, QByteArray::number(sum, 8).rightJustified(6, '0') + QByteArray("\0 ", 2));
        return header + content + QByteArray((512 - content.size() % 512) % 512, '\0');
    }
    // base.tar: the label first, pg_control last.
    [[nodiscard]] QByteArray tar() const
    {
        QByteArray all = tarEntry("backup_label", files.at("backup_label"));
        all += tarEntry("base", {}, '5') + tarEntry("pg_wal", {}, '5');
        for (const auto &[path, content] : files)
            if (path != "backup_label" && path != "global/pg_control" && !path.startsWith("pg_tblspc/"))
                all += tarEntry(path, content);
        if (files.contains("global/pg_control"))
            all += tarEntry("global/pg_control", files.at("global/pg_control"));
        return all + QByteArray(1024, '\0');
    }
};

} // namespace tidemark::test
