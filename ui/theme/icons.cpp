#include "theme/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

static void initIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace tidemark {

namespace {

QString pathOf(const QString &name)
{
    return u":/icons/%1.svg"_s.arg(name);
}

QPixmap drawn(const QString &name, const QColor &color, int size, qreal ratio)
{
    QFile file(pathOf(name));
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.fill(Qt::transparent);
    if (!file.open(QIODevice::ReadOnly))
        return pixmap;
    QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

// Draws at the ratio it is asked for, so that an icon is crisp on every screen it is dragged to.
class LineIconEngine : public QIconEngine
{
public:
    LineIconEngine(const QString &name, std::function<QColor(QIcon::Mode)> color)
        : m_name(name)
        , m_color(std::move(color))
    {
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal ratio) override
    {
        const int side = qRound(std::min(size.width(), size.height()) / ratio);
        return drawn(m_name, m_color(mode), side, ratio);
    }
    [[nodiscard]] QIconEngine *clone() const override { return new LineIconEngine(*this); }
    bool isNull() override { return !IconLoader::exists(m_name); }
    QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override { return { { 16, 16 }, { 32, 32 } }; }

private:
    QString m_name;
    std::function<QColor(QIcon::Mode)> m_color;
};

} // namespace

IconLoader::IconLoader()
{
    initIcons();
}

QPixmap IconLoader::pixmap(const QString &name, const QColor &color, int size, qreal ratio) const
{
    const QString key = u"%1/%2/%3/%4"_s.arg(name, color.name()).arg(size).arg(ratio);
    auto &cached = m_cache[key];
    if (cached.isNull())
        cached = drawn(name, color, size, ratio);
    return cached;
}

QIcon IconLoader::icon(const QString &name, std::function<QColor(QIcon::Mode)> color)
{
    return QIcon(new LineIconEngine(name, std::move(color)));
}

bool IconLoader::exists(const QString &name)
{
    return QFile::exists(pathOf(name));
}

} // namespace tidemark
