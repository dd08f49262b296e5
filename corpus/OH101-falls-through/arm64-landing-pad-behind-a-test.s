// arch: arm64
// rule: OH101
// expect: suspect OH101 f+0x50
// expect: unproved unreachable-end f
// flags: clang-19 -Oz -mbranch-protection=standard
// source: the twin of arm64-landing-pad-of-guard-and-entry.silent.s
// why: what leads to the landing pad at the end, beside the table, is no comparison before the jump

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	hint	#34
	cbz	w1, .Lnone
	ldr	x0, [x0]
	cbz	x0, .Lother
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
.Lother:
	mov	w0, #7
	ret
.Lnone:
	hint	#36
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
.Ltable:
	.byte	(.Lone-.Lone)/4
	.byte	(.Ltwo-.Lone)/4
	.byte	(.Lnone-.Lone)/4
	.byte	(.Lone-.Lone)/4
