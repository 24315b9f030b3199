#pragma once

#include <QPoint>
#include <QString>
#include <QWidget>

#include <vector>

class QPainter;

namespace tidemark {

class Theme;

// A key as a small outlined cap: "Ctrl+K". Vertically centred on the anchor, which is its left or right end.
// Answers with its width.
int paintKeyCap(
    QPainter &painter, const Theme &theme, const QString &keys, QPoint anchor, Qt::AlignmentFlag end);
[[nodiscard]] int keyCapWidth(const Theme &theme, const QString &keys);

// One key and what it does: "↵ open, never runs at once".
struct KeyHint {
    QString keys;
    QString words;
    QString spoken; // the key's name, where the cap shows a sign

    bool operator==(const KeyHint &) const = default;
};

// A line of keys as caps, each with its words; the last one stands at the right end. What has no room is left
// out from the right, never cut.
class KeyHints : public QWidget
{
    Q_OBJECT

public:
    explicit KeyHints(QWidget *parent = nullptr);
    void tell(std::vector<KeyHint> hints);
    [[nodiscard]] const std::vector<KeyHint> &hints() const { return m_hints; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int widthOf(const KeyHint &hint) const;
    void paintHint(QPainter &painter, const KeyHint &hint, int x) const;

    std::vector<KeyHint> m_hints;
};

} // namespace tidemark
