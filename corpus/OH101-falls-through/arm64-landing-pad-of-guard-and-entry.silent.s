// arch: arm64
// rule: OH101
// expect: silent
// flags: clang-19 -Oz -mbranch-protection=standard
// source: clang-19 -Oz -mbranch-protection=standard, switches whose defaults are marked unreachable, shortened
// why: the comparison before the jump is left, and leads to where the value without a case does: a landing pad, with
//      nothing behind it but that of another switch

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	hint	#34
	cmp	x0, #3
	b.hi	.Lnone
	adrp	x2, .Ltable
	add	x2, x2, :lo12:.Ltable
	adr	x3, .Lone
	ldrb	w2, [x2, x0]
	add	x2, x3, x2, lsl #2
	br	x2
.Lone:
	hint	#36
	add	w0, w1, #1
	ret
.Ltwo:
	hint	#36
	add	w0, w1, #2
	ret
.Lnone:
	hint	#36
.Lnone2:
	hint	#36
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
.Ltable:
	.byte	(.Lone-.Lone)/4
	.byte	(.Ltwo-.Lone)/4
	.byte	(.Lnone2-.Lone)/4
	.byte	(.Lone-.Lone)/4
