#include "values/pathtext.h"

#include <QStringDecoder>

namespace tidemark {

namespace {

// Bytes of the UTF-8 character at that place; 0: there is none.
qsizetype characterAt(const QByteArray &bytes, qsizetype at)
{
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const qsizetype length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length <= 1 || at + length > bytes.size())
        return length == 1 ? 1 : 0;
    return QByteArrayView(bytes).sliced(at, length).isValidUtf8() ? length : 0;
}

QByteArray escaped(char byte)
{
    return "\\x" + QByteArray(1, byte).toHex();
}

} // namespace

QString pathText(const QByteArray &path)
{
    if (path.isValidUtf8() && !path.contains('\\'))
        return QString::fromUtf8(path);
    QByteArray text;
    for (qsizetype at = 0; at < path.size();) {
        const qsizetype length = characterAt(path, at);
        if (path[at] == '\\')
            text += "\\\\";
        else
            text += length > 0 ? path.mid(at, length) : escaped(path[at]);
        at += std::max<qsizetype>(length, 1);
    }
    return QString::fromUtf8(text);
}

QByteArray pathBytes(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    QByteArray path;
    for (qsizetype at = 0; at < utf8.size(); ++at) {
        const bool escape = utf8[at] == '\\' && at + 1 < utf8.size();
        if (escape && utf8[at + 1] == 'x' && at + 3 < utf8.size()) {
            path += QByteArray::fromHex(utf8.mid(at + 2, 2));
            at += 3;
        } else {
            at += escape ? 1 : 0;
            path += utf8[at];
        }
    }
    return path;
}

} // namespace tidemark
