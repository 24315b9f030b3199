#pragma once

#include "theme/style.h"
#include "theme/theme.h"

#include <QPushButton>

namespace tidemark {

// A button whose text names the act. An icon follows the theme.
[[nodiscard]] QPushButton *makeButton(const QString &text, ButtonKind kind = ButtonKind::Normal,
    const QString &icon = {}, QWidget *parent = nullptr);
[[nodiscard]] QPushButton *makeSmallButton(const QString &text, QWidget *parent = nullptr);

} // namespace tidemark
