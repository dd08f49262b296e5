// arch: arm64
// expect: unproved indirect-entry f
// source: glibc's crt1.o, _start, reduced
// why: what stands behind the call has no symbol, and nothing leads there; f() gives its address to g(), which may enter
//   it with any frame

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, #-16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
	adrp	x0, .Lhelper
	add	x0, x0, :lo12:.Lhelper
	bl	g
	ldp	x29, x30, [sp], #16
	.cfi_restore 30
	.cfi_restore 29
	.cfi_def_cfa_offset 0
	ret
.Lhelper:
	nop
	b	main
	.cfi_endproc
	.size	f, .-f
